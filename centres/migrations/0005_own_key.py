from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0004_forgotten_enquiries'),
    ]

    operations = [
        migrations.AddField(
            model_name='venue',
            name='own_key',
            field=models.BooleanField(default=False, help_text='Each group gets a key to the room.', verbose_name='own key'),
        ),
    ]
