import check from '../../../checks/migrations/django.ts'
import {testCheck} from '../../harness.ts'
import {django, migration} from './django-project.ts'

const initial = {'orders/migrations/0001_initial.py': migration([], [])}
const second = (name: string, after = '0001_initial') => ({
  [`orders/migrations/${name}.py`]: migration([['orders', after]], []),
})
const where = 'error orders/migrations'
const lost = `${where}/0003_mail.py:5:21 orders.0003_mail depends on orders.0002_phone, which the image does not have: migrate stops with NodeNotFoundError`

testCheck(check, {
  clean: {
    'one after the other': django({...initial, ...second('0002_phone'), ...second('0003_mail', '0002_phone')}),
    'two that are merged': django({
      ...initial,
      ...second('0002_phone'),
      ...second('0002_mail'),
      'orders/migrations/0003_merge.py': migration(
        [
          ['orders', '0002_phone'],
          ['orders', '0002_mail'],
        ],
        [],
      ),
    }),
    'an app that the settings do not name': django({
      ...initial,
      'old/__init__.py': '',
      'old/migrations/__init__.py': '',
      'old/migrations/0001_a.py': migration([], []),
      'old/migrations/0001_b.py': migration([], []),
    }),
    'squashed ones beside those that they stand for': django({
      ...initial,
      ...second('0002_phone'),
      'orders/migrations/0001_squashed.py': migration(
        [],
        [],
        "    replaces = [('orders', '0001_initial'), ('orders', '0002_phone')]\n",
      ),
      ...second('0003_mail', '0002_phone'),
    }),
    'one that comes after a replaced one, which is gone': django({
      'orders/migrations/0001_squashed.py': migration(
        [],
        [],
        "    replaces = [('orders', '0001_initial'), ('orders', '0002_phone')]\n",
      ),
      ...second('0003_mail', '0002_phone'),
    }),
    'migrations of packages': django({
      'orders/migrations/0001_initial.py': migration([['auth', '0099_none']], []),
    }),
    'the first of another app': django({
      'orders/migrations/0001_initial.py': migration([['orders', '__first__']], []),
    }),
    'dependencies that code works out': django({
      ...initial,
      'orders/migrations/0002_a.py': migration([], []).replace('dependencies = []', 'dependencies = before()'),
      ...second('0002_b'),
    }),
    'a folder of migrations that the settings choose': django({
      ...initial,
      ...second('0002_phone'),
      ...second('0002_mail'),
      'shop/settings.py': "INSTALLED_APPS = ['orders']\nMIGRATION_MODULES = {'orders': 'orders.db'}\n",
    }),
    'a build that moves files': django({
      ...initial,
      ...second('0003_mail', '0002_phone'),
      Dockerfile:
        'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && cp -r more/* orders/migrations/\n',
    }),
  },
  flagged: {
    'two after one': {
      ...django({...initial, ...second('0002_mail'), ...second('0002_phone')}),
      expect: [
        `${where}/0002_phone.py:4:1 none of 0002_mail and 0002_phone of orders comes after the other: migrate stops with "Conflicting migrations detected"`,
      ],
    },
    'two from the beginning': {
      ...django({...initial, 'orders/migrations/0001_other.py': migration([], [])}),
      expect: [
        `${where}/0001_other.py:4:1 none of 0001_initial and 0001_other of orders comes after the other: migrate stops with "Conflicting migrations detected"`,
      ],
    },
    'one that is not there': {
      ...django({...initial, ...second('0003_mail', '0002_phone')}),
      expect: [lost],
    },
    'one that .dockerignore leaves out': {
      ...django({
        ...initial,
        ...second('0002_phone'),
        ...second('0003_mail', '0002_phone'),
        '.dockerignore': '**/0002_phone.py\n',
      }),
      expect: [lost],
    },
    'at the start of the machines': {
      ...django({
        ...initial,
        ...second('0003_mail', '0002_phone'),
        'fly.toml': 'app = "shop"\n[processes]\nweb = "sh start.sh"\n',
        'start.sh': '#!/bin/sh\nset -e\npython manage.py migrate --noinput\nexec gunicorn shop.wsgi\n',
      }),
      expect: [lost],
    },
    'of an app in a folder, by its class': {
      ...django({
        'apps/__init__.py': '',
        'apps/orders/__init__.py': '',
        'apps/orders/apps.py':
          "from django.apps import AppConfig\n\nclass OrdersConfig(AppConfig):\n    name = 'apps.orders'\n    label = 'shop_orders'\n",
        'apps/orders/migrations/__init__.py': '',
        'apps/orders/migrations/0001_initial.py': migration([], []),
        'apps/orders/migrations/0002_mail.py': migration([['shop_orders', '0001_first']], []),
        'shop/settings.py': "INSTALLED_APPS = ['apps.orders.apps.OrdersConfig']\n",
      }),
      expect: [
        'error apps/orders/migrations/0002_mail.py:5:21 shop_orders.0002_mail depends on shop_orders.0001_first, which the image does not have: migrate stops with NodeNotFoundError',
      ],
    },
    'a folder without __init__.py': {
      ...django({
        'apps/__init__.py': '',
        'apps/orders/__init__.py': '',
        'apps/orders/migrations/0001_initial.py': migration([], []),
        'shop/settings.py': "INSTALLED_APPS = ['apps.orders']\n",
      }),
      expect: [
        'warning apps/orders/migrations/0001_initial.py:4:1 the migrations of orders lie in a folder without __init__.py: Django passes over the one in it, and makes no table',
      ],
    },
  },
  skipped: {
    'a start that merges them': {
      ...django({
        ...initial,
        ...second('0002_phone'),
        ...second('0002_mail'),
        'fly.toml':
          'app = "shop"\n[deploy]\nrelease_command = "sh -c \'python manage.py makemigrations --merge --noinput && python manage.py migrate\'"\n',
      }),
      reason: 'nothing runs manage.py migrate',
    },
    'nothing runs them': {
      ...django({
        ...initial,
        ...second('0002_phone'),
        ...second('0002_mail'),
        'fly.toml': 'app = "shop"\n',
      }),
      reason: 'nothing runs manage.py migrate',
    },
    'a build that makes some': {
      ...django({
        ...initial,
        ...second('0003_mail', '0002_phone'),
        Dockerfile:
          'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && python manage.py makemigrations\n',
      }),
      reason: 'nothing runs manage.py migrate',
    },
  },
})
