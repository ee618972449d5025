/** A file of a migration of Django: what it comes after, and its operations. */
export const migration = (after: readonly [app: string, name: string][], operations: readonly string[], more = '') =>
  [
    'from django.db import migrations, models',
    '',
    '',
    'class Migration(migrations.Migration):',
    `    dependencies = [${after.map(([app, name]) => `('${app}', '${name}')`).join(', ')}]`,
    `${more}    operations = [${operations.join(', ')}]`,
    '',
  ].join('\n')

/** A project with the app `orders`, whose release command is `manage.py migrate`. */
export const django = (files: Readonly<Record<string, string>>) => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python manage.py migrate --noinput"\n',
    Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
    'requirements.txt': 'django\npsycopg2-binary\ngunicorn\n',
    'manage.py':
      'import os\nfrom django.core.management import execute_from_command_line\n\n' +
      "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nexecute_from_command_line()\n",
    'shop/__init__.py': '',
    'shop/settings.py': "INSTALLED_APPS = ['django.contrib.auth', 'orders']\n",
    'shop/wsgi.py': '',
    'orders/__init__.py': '',
    'orders/migrations/__init__.py': '',
    ...files,
  },
})
