import check from '../../../checks/migrations/django.ts'
import {testCheck} from '../../harness.ts'
import {django, migration} from './django-project.ts'

const add = (field: string) => `migrations.AddField(model_name='order', name='slug', field=models.${field})`
const alter = (field: string) => add(field).replace('AddField', 'AlterField')
const own = (operations: readonly string[], more = '') =>
  django({'orders/migrations/0001_initial.py': migration([], operations, more)})

testCheck(check, {
  clean: {
    'a field without an index': own([
      add("CharField(default='')"),
      'migrations.RunPython(fill)',
      alter('CharField(unique=True)'),
    ]),
    'a slug that says so': own([add('SlugField(db_index=False)'), alter('SlugField(unique=True)')]),
    'unique from the beginning': own([add('SlugField(unique=True)'), alter('SlugField(unique=True)')]),
    'a number': own([add('IntegerField(db_index=True)'), alter('IntegerField(unique=True)')]),
    'each in a migration of its own': django({
      'orders/migrations/0001_initial.py': migration([], [add('SlugField()')]),
      'orders/migrations/0002_unique.py': migration([['orders', '0001_initial']], [alter('SlugField(unique=True)')]),
    }),
    'not in a transaction': own([add('SlugField()'), alter('SlugField(unique=True)')], '    atomic = False\n'),
    'not unique': own([add('SlugField()'), alter('SlugField(max_length=99)')]),
    'another database': django({
      'orders/migrations/0001_initial.py': migration([], [add('SlugField()'), alter('SlugField(unique=True)')]),
      'requirements.txt': 'django\n',
    }),
  },
  flagged: {
    'a slug': {
      ...own([add("SlugField(default='')"), 'migrations.RunPython(fill)', alter('SlugField(unique=True)')]),
      expect: [
        'warning orders/migrations/0001_initial.py:6:137 slug of order is added with an index, which comes when the migration ends, and is made unique before: Postgres refuses the second of the same name, "orders_order_slug_…_like"',
      ],
    },
    'a text with an index': {
      ...own([
        add('CharField(db_index=True, max_length=9)'),
        alter('CharField(unique=True, db_index=True, max_length=9)'),
      ]),
      expect: [
        'warning orders/migrations/0001_initial.py:6:126 slug of order is added with an index, which comes when the migration ends, and is made unique before: Postgres refuses the second of the same name, "orders_order_slug_…_like"',
      ],
    },
  },
})
