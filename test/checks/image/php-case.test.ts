import check from '../../../checks/image/php-case.ts'
import {testCheck} from '../../harness.ts'

const shop = (files: Record<string, string>, autoload = '{"psr-4": {"App\\\\": "app/"}}') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\n',
    'composer.json': `{"autoload": ${autoload}}\n`,
    artisan: '#!/usr/bin/env php\n',
    ...files,
  },
})
const invoice = '<?php\nnamespace App\\Services;\n\nfinal class Invoice\n{\n}\n'
const uses = {'app/Pay.php': '<?php\nnamespace App;\n\nuse App\\Services\\Invoice;\n'}
const page = (view: string) => ({'routes/web.php': `<?php\nRoute::get('/', fn () => view('${view}'));\n`})

testCheck(check, {
  clean: {
    'a class in its file': shop({'app/Services/Invoice.php': invoice, ...uses}),
    'a class that nobody names': shop({'app/Services/invoice.php': invoice}),
    'another class in that file': shop({'app/Services/invoice.php': invoice.replace('Invoice', 'Bill'), ...uses}),
    'a map of all classes': shop(
      {'app/Services/invoice.php': invoice, ...uses},
      '{"psr-4": {"App\\\\": "app/"}, "classmap": ["app"]}',
    ),
    'a longer prefix with a folder of its own': shop(
      {'app/services/Invoice.php': invoice, ...uses},
      '{"psr-4": {"App\\\\": "app/", "App\\\\Services\\\\": "app/services/"}}',
    ),
    'several folders of a prefix': shop(
      {'src/Services/Invoice.php': invoice, 'app/services/invoice.php': invoice, ...uses},
      '{"psr-4": {"App\\\\": ["app/", "src/"]}}',
    ),
    'both files': shop({'app/Services/invoice.php': invoice, 'app/Services/Invoice.php': invoice, ...uses}),
    'a class in a comment': shop({
      'app/Services/invoice.php': invoice,
      'app/Pay.php': '<?php\n// App\\Services\\Invoice\n',
    }),
    'a file that is left out of the image': shop({
      'app/Services/invoice.php': invoice,
      ...uses,
      '.dockerignore': 'app/Services\n',
    }),
    'a view in its folder': shop({'resources/views/orders/index.blade.php': '', ...page('orders.index')}),
    'a view of a package': shop({'resources/views/Orders/index.blade.php': '', ...page('shop::orders.index')}),
    'a view that is nowhere': shop({'resources/views/carts/index.blade.php': '', ...page('orders.index')}),
    'views in another folder': shop({
      'resources/views/Orders/index.blade.php': '',
      'config/view.php': "<?php\nreturn ['paths' => [base_path('pages')]];\n",
      ...page('orders.index'),
    }),
  },
  flagged: {
    'the file of a class': {
      ...shop({'app/Services/invoice.php': invoice, ...uses}),
      expect: [
        'warning app/Pay.php:4:5 the class App\\Services\\Invoice is looked for in app/Services/Invoice.php, and the file is called app/Services/invoice.php: Linux does not find it',
      ],
    },
    'the folder of a class': {
      ...shop({'app/services/Invoice.php': invoice, ...uses}),
      expect: [
        'warning app/Pay.php:4:5 the class App\\Services\\Invoice is looked for in app/Services/Invoice.php, and the file is called app/services/Invoice.php: Linux does not find it',
      ],
    },
    'a folder with several classes, once': {
      ...shop({
        'app/services/Invoice.php': invoice,
        'app/services/Bill.php': invoice.replace('Invoice', 'Bill'),
        'app/Pay.php': '<?php\nnamespace App;\n\nuse App\\Services\\Invoice;\nuse App\\Services\\Bill;\n',
      }),
      expect: [
        'warning app/Pay.php:5:5 the class App\\Services\\Bill is looked for in app/Services/Bill.php, and the file is called app/services/Bill.php: Linux does not find it, nor 1 more below app/services',
      ],
    },
    'the folder of a view': {
      ...shop({'resources/views/Orders/index.blade.php': '', ...page('orders.index')}),
      expect: [
        'warning routes/web.php:2:32 the view orders.index is looked for in resources/views/orders/index.blade.php, and the file is called resources/views/Orders/index.blade.php: Linux does not find it',
      ],
    },
    'a view that another one extends': {
      ...shop({
        'resources/views/layouts/App.blade.php': '',
        'resources/views/home.blade.php': "@extends('layouts.app')\n",
      }),
      expect: [
        'warning resources/views/home.blade.php:1:11 the view layouts.app is looked for in resources/views/layouts/app.blade.php, and the file is called resources/views/layouts/App.blade.php: Linux does not find it',
      ],
    },
  },
})
