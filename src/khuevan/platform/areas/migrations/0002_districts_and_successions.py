"""Districts among the areas, and which commune went into which."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='area',
            name='kind',
            field=models.CharField(choices=[('PROVINCE', 'Province'), ('DISTRICT', 'District'), ('COMMUNE', 'Commune')], max_length=8, verbose_name='level'),
        ),
        migrations.AlterField(
            model_name='area',
            name='parent_code',
            field=models.CharField(blank=True, max_length=5, verbose_name='code of the area above'),
        ),
        migrations.CreateModel(
            name='AreaSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('former_code', models.CharField(max_length=5, verbose_name='former code')),
                ('code', models.CharField(max_length=5, verbose_name='code')),
                ('on', models.DateField(verbose_name='from')),
            ],
            options={
                'verbose_name': 'succession of areas',
                'verbose_name_plural': 'successions of areas',
                'indexes': [models.Index(fields=['on', 'code'], name='succession_back')],
                'constraints': [models.UniqueConstraint(fields=('on', 'former_code', 'code'), name='succession_once')],
            },
        ),
    ]
