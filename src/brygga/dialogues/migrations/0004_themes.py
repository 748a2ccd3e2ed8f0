from django.db import migrations, models

THEMES = [
    ("barn-och-unga", "Barn och unga", "Children and young people"),
    ("byggande", "Byggande och boende", "Building and housing"),
    ("demokrati", "Demokrati och förtroende", "Democracy and trust"),
    ("energi", "Energi och vindkraft", "Energy and wind power"),
    ("integration", "Integration och inkludering", "Integration and inclusion"),
    ("klimat", "Klimat och miljö", "Climate and environment"),
    ("kultur", "Kultur och fritid", "Culture and leisure"),
    ("landsbygd", "Landsbygd", "Countryside"),
    ("omsorg", "Omsorg och äldre", "Care and older people"),
    ("skola", "Skola och förskola", "School and preschool"),
    ("trafik", "Trafik och resor", "Traffic and travel"),
    ("trygghet", "Trygghet", "Safety"),
    ("vard", "Hälsa och vård", "Health and care"),
]


def add_themes(apps, schema_editor):
    Theme = apps.get_model("dialogues", "Theme")
    for code, name_sv, name_en in THEMES:
        Theme.objects.get_or_create(code=code, defaults={"name_sv": name_sv, "name_en": name_en})


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0003_reasons_and_keys")]
    operations = [
        migrations.AlterField(
            model_name="dialogue",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("public", "Open to everybody"),
                    ("internal", "Internal to the organisation"),
                ],
                default="public",
                max_length=10,
            ),
        ),
        migrations.RunPython(add_themes, migrations.RunPython.noop),
    ]
