"""The staff's log-in. The names are those that django-allauth asks for; the addresses are ours."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, reverse_lazy

from linkcenter.log_in import views
from linkcenter.log_in.views import proved_first

urlpatterns = [
    path("logg-inn/", account.login, name="account_login"),
    path("logg-inn/andre-steg/", factor.authenticate, name="mfa_authenticate"),
    path("logg-inn/passnokkel/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("logg-inn/stengt/", account.account_inactive, name="account_inactive"),
    path("logg-inn/glemt-passord/", views.forgotten, name="forgotten-password"),
    path("logg-inn/glemt-passord/sendt/", views.link_sent, name="password-link-sent"),
    path("logg-inn/nytt-passord/<slug:token>/", views.new_password, name="new-password"),
    path("logg-inn/bekreft/", account.reauthenticate, name="account_reauthenticate"),
    path("logg-inn/bekreft/kode/", factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "logg-inn/bekreft/passnokkel/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("logg-ut/", account.logout, name="account_logout"),
    path("min-innlogging/", views.MyLogIn.as_view(), name="mfa_index"),
    path(
        "min-innlogging/passord/",
        account.PasswordChangeView.as_view(success_url=reverse_lazy("mfa_index")),
        name="account_change_password",
    ),
    path("min-innlogging/app/", proved_first(views.SetUpApp.as_view()), name="mfa_activate_totp"),
    path(
        "min-innlogging/app/fjern/", proved_first(app.deactivate_totp), name="mfa_deactivate_totp"
    ),
    path("min-innlogging/koder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "min-innlogging/koder/nye/",
        proved_first(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "min-innlogging/passnokkel/",
        proved_first(views.SavePasskey.as_view()),
        name="mfa_add_webauthn",
    ),
    path(
        "min-innlogging/passnokkel/<int:pk>/fjern/",
        proved_first(passkeys.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))),
        name="mfa_remove_webauthn",
    ),
    path("min-innlogging/logg-ut-overalt/", views.log_out_everywhere, name="log-out-everywhere"),
]
