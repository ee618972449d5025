import check from '../../../checks/env/npgsql-url.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, more = '', files: Record<string, string> = {}) => ({
  files: {'fly.toml': `app = "shop"\n${more}`, 'Program.cs': `${code}\n`, ...files},
})
const direct = 'options.UseNpgsql(Environment.GetEnvironmentVariable("DATABASE_URL"));'
const settings = 'options.UseNpgsql(builder.Configuration.GetConnectionString("Shop"));'

testCheck(check, {
  clean: {
    'a connection string': project(settings),
    'a connection string in [env]': project(
      settings,
      '[env]\n  ConnectionStrings__Shop = "Host=db.internal;Database=shop"\n',
    ),
    'DATABASE_URL in the form of .NET': project(direct, '[env]\n  DATABASE_URL = "Host=db.internal;Database=shop"\n'),
    'an example in the form of .NET': project(direct, '', {
      '.env.example': 'DATABASE_URL=Host=localhost;Database=shop\n',
    }),
    'a URL that is taken apart': project(
      `var url = new Uri(Environment.GetEnvironmentVariable("DATABASE_URL")!);\n${settings}`,
    ),
    'a URL that a helper changes': project(
      'options.UseNpgsql(Convert(Environment.GetEnvironmentVariable("DATABASE_URL")));',
    ),
    'a helper in another file': project(direct, '', {'Urls.cs': 'if (url.StartsWith("postgres://")) {}\n'}),
    'a variable that is set twice': project(
      'var url = Environment.GetEnvironmentVariable("DATABASE_URL");\nurl = Parse(url);\noptions.UseNpgsql(url);',
    ),
    'another variable': project('options.UseNpgsql(Environment.GetEnvironmentVariable("SHOP_DB"));'),
    'another database': project('options.UseSqlServer(Environment.GetEnvironmentVariable("DATABASE_URL"));'),
    'in a test': project('', '', {'Shop.Tests/Db.cs': direct}),
    'in a comment': project(`// ${direct}`),
  },
  flagged: {
    'DATABASE_URL of the environment': {
      ...project(direct),
      expect: [
        'warning Program.cs:1:8 Npgsql gets DATABASE_URL as it is, and flyctl sets it as postgres://…: it must be Host=…;Database=…;Username=…',
      ],
    },
    'DATABASE_URL of the configuration, by a name': {
      ...project(
        'var url = builder.Configuration["DATABASE_URL"] ?? throw new Exception("none");\nusing var db = new NpgsqlConnection(url);',
      ),
      expect: [
        'warning Program.cs:2:16 Npgsql gets DATABASE_URL as it is, and flyctl sets it as postgres://…: it must be Host=…;Database=…;Username=…',
      ],
    },
    'a URL in [env]': {
      ...project(settings, '[env]\n  ConnectionStrings__Shop = "postgres://shop@db.internal:5432/shop"\n'),
      expect: [
        'warning fly.toml:3:3 ConnectionStrings__Shop is a URL, and Npgsql takes Host=…;Database=…;Username=… alone',
      ],
    },
  },
})
