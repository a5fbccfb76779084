from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='day')),
                ('kind', models.CharField(choices=[('NEW_YEAR', 'New Year'), ('LUNAR_NEW_YEAR', 'Tết, the lunar New Year'), ('HUNG_KINGS', "Hùng Kings' Day"), ('VICTORY_DAY', 'Victory Day, 30 April'), ('LABOUR_DAY', 'Labour Day, 1 May'), ('NATIONAL_DAY', 'National Day'), ('CULTURE_DAY', 'Vietnam Culture Day'), ('MADE_UP', 'Day off for a holiday on a weekend')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('source', models.CharField(max_length=160, verbose_name='source')),
                ('decision', models.CharField(blank=True, max_length=160, verbose_name='decision')),
                ('is_verified', models.BooleanField(default=False, verbose_name='verified')),
            ],
            options={
                'verbose_name': 'holiday',
                'verbose_name_plural': 'holidays',
                'constraints': [models.UniqueConstraint(fields=('on', 'kind'), name='calendar_holiday_once', violation_error_message='This day is already a holiday of that kind.')],
            },
        ),
        migrations.CreateModel(
            name='SwappedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(unique=True, verbose_name='day')),
                ('works', models.BooleanField(verbose_name='worked')),
                ('decision', models.CharField(max_length=160, verbose_name='decision')),
                ('is_verified', models.BooleanField(default=False, verbose_name='verified')),
            ],
            options={
                'verbose_name': 'swapped day',
                'verbose_name_plural': 'swapped days',
            },
        ),
    ]
