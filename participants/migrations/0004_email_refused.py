from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_rest_of_a_registration")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="email_refused_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="e-mail address refused"
            ),
        ),
    ]
