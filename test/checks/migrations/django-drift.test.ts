import check from '../../../checks/migrations/schema-drift.ts'
import {testCheck} from '../../harness.ts'
import {django, migration} from './django-project.ts'

const model = (body: string) => `from django.db import models\n\n\nclass Order(models.Model):\n${body}`
const fields = '    name = models.CharField(max_length=99)\n    total = models.IntegerField()\n'
const made =
  "migrations.CreateModel(name='Order', fields=[('id', models.BigAutoField(primary_key=True)), ('name', models.CharField(max_length=99))])"
const add = "migrations.AddField(model_name='order', name='total', field=models.IntegerField(default=0))"
const first = (...operations: string[]) => ({'orders/migrations/0001_initial.py': migration([], operations)})

testCheck(check, {
  clean: {
    'a field that a later migration adds': django({
      'orders/models.py': model(fields),
      ...first(made),
      'orders/migrations/0002_total.py': migration([['orders', '0001_initial']], [add]),
    }),
    'by their places': django({
      'orders/models.py': model(fields),
      ...first(
        "migrations.CreateModel('Order', [('name', models.TextField())])",
        "migrations.AddField('Order', 'total', models.IntegerField())",
      ),
    }),
    'a model and a field of another name before': django({
      'orders/models.py': model(fields),
      ...first(
        made.replace('Order', 'Sale'),
        "migrations.RenameModel(old_name='Sale', new_name='Order')",
        "migrations.AddField('order', 'sum', models.IntegerField())",
        "migrations.RenameField('order', 'sum', 'total')",
      ),
    }),
    'what only the state knows': django({
      'orders/models.py': model(fields),
      ...first(`migrations.SeparateDatabaseAndState(state_operations=[${made}, ${add}])`),
    }),
    'an abstract one': django({
      'orders/models.py': model(`${fields}\n    class Meta:\n        abstract = True\n`),
      ...first(),
    }),
    'one of another database': django({
      'orders/models.py': model(`${fields}\n    class Meta:\n        managed = False\n`),
      ...first(),
    }),
    'an operation of its own': django({
      'orders/models.py': model(fields),
      ...first('CreateEverything()'),
    }),
    'operations that code works out': django({
      'orders/models.py': model(fields),
      ...first('*everything()'),
    }),
    'a field that the model has no more, and that may be NULL, or has a default of the database': django({
      'orders/models.py': model('    name = models.CharField(max_length=99)\n'),
      ...first(
        made,
        add.replace('default=0', 'null=True'),
        add.replace('total', 'sum').replace('default=0', 'db_default=0'),
      ),
    }),
    'one that a migration removes, or changes': django({
      'orders/models.py': model('    name = models.CharField(max_length=99)\n'),
      ...first(made, add, "migrations.RemoveField(model_name='order', name='total')"),
    }),
    'one that another class of the project may bring, or the class itself in another way': django({
      'orders/models.py': `${model('    name = models.CharField(max_length=99)\n    total = SumField()\n')}\n\nclass Tag(Counted, models.Model):\n    name = models.TextField()\n`,
      ...first(
        made,
        add,
        "migrations.CreateModel(name='Tag', fields=[('name', models.TextField()), ('count', models.IntegerField())])",
      ),
    }),
    'one of which SQL may say more': django({
      'orders/models.py': model('    name = models.CharField(max_length=99)\n'),
      ...first(made, add, "migrations.RunSQL('ALTER TABLE orders_order ALTER total SET DEFAULT 0')"),
    }),
    'many to many, which has a table of its own': django({
      'orders/models.py': model(
        `    name = models.CharField(max_length=99)\n    tags = models.ManyToManyField('Tag')\n`,
      ),
      ...first(made),
    }),
    'no models': django({'orders/models.py': '', 'orders/migrations/__init__.py': ''}),
    'an app that makes its tables without migrations': django({
      'orders/models.py': model(fields),
      'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python manage.py migrate --run-syncdb"\n',
    }),
    'migrations that git has not, and the build has': django({
      'orders/models.py': model(fields),
      ...first(made, add),
      '.gitignore': 'migrations/\n',
    }),
    'a module that the package of models does not import': django({
      'orders/models/__init__.py': '',
      'orders/models/draft.py': model(fields),
      ...first(),
    }),
    'models of another library': django({
      'orders/models.py': model(fields).replace('django.db', 'shop_orm'),
      ...first(),
    }),
    'a class that is none of the database': django({
      'orders/models.py': 'class Order:\n    name = models.CharField()\n',
      ...first(),
    }),
  },
  flagged: {
    'a field that none adds': {
      ...django({'orders/models.py': model(fields), ...first(made)}),
      expect: [
        'warning orders/models.py:6:5 no migration of orders adds total to Order: each query of it ends with "column … does not exist"',
      ],
    },
    'a model that none makes': {
      ...django({'orders/models.py': model(fields), ...first()}),
      expect: [
        'warning orders/models.py:4:7 no migration of orders makes Order: relation "orders_order" does not exist',
      ],
    },
    'fields that the model has no more, and that have to have a value': {
      ...django({
        'orders/models.py': model('    name = models.CharField(max_length=99)\n'),
        ...first(made, add, "migrations.AddField('Order', 'buyer', models.ForeignKey('shop.Buyer', models.CASCADE))"),
      }),
      expect: [
        'warning orders/models.py:4:7 the migrations of orders give Order total and buyer_id, which may not be NULL, and the model has them no more: each new row ends with IntegrityError (null value in column "total" violates not-null constraint)',
      ],
    },
    'models in a package': {
      ...django({
        'orders/models/__init__.py': 'from .order import Order\n',
        'orders/models/order.py': model(fields),
        ...first(),
      }),
      expect: [
        'warning orders/models/order.py:4:7 no migration of orders makes Order: relation "orders_order" does not exist',
      ],
    },
    'no migrations at all': {
      ...django({
        'orders/models.py': `${model(fields)}\n\nclass Tag(models.Model):\n    name = models.TextField()\n`,
      }),
      expect: [
        'warning orders/models.py:4:7 the app orders has no migrations, so Order and 1 more have no table: relation "orders_order" does not exist',
      ],
    },
    'migrations that .dockerignore leaves out': {
      ...django({'orders/models.py': model(fields), ...first(made, add), '.dockerignore': '**/migrations\n'}),
      expect: [
        'warning orders/models.py:4:7 the app orders has no migrations, so Order has no table: relation "orders_order" does not exist',
      ],
    },
  },
})
