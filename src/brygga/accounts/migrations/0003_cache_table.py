from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """The cache that all processes share, where limits on signing in are counted."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_name_to_sort_by")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
