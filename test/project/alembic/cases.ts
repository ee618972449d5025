/**
 * What alembic does, case by case: files, and what `alembic heads` and `alembic upgrade head` make of them.
 * Each was observed with real alembic; alembic.test.ts compares preflight with this table, and real.test.ts both with the
 * alembic of the machine, where there is one.
 */

export interface Case {
  /** Its number in the list of cases that a reader of alembic projects has to know. */
  number: number
  name: string
  files: Readonly<Record<string, string | Uint8Array>>
  /** Symbolic links: path and target. */
  links?: Readonly<Record<string, string>>
  /** Options before the sub-command. */
  options?: readonly string[]
  /** The folder in which alembic runs. */
  cwd?: string
  /** What `alembic heads` prints, sorted; `fails`: it does not come to that. */
  heads: readonly string[] | 'fails'
  upgradeHead: 'runs' | 'fails' | 'nothing'
  /** The same for an older alembic. */
  before?: Readonly<Record<string, Pick<Case, 'heads' | 'upgradeHead'>>>
  /** Why preflight cannot tell, and so says nothing. */
  cannotTell?: string
  /** What is not in these files decides. */
  decidedElsewhere?: string
  /** Where it matters. */
  sqlalchemy?: string
}

/** env.py on a database in memory, as short as it can be. */
export const envScript = `from alembic import context
from sqlalchemy import create_engine

with create_engine("sqlite://").connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`
const ini = '[alembic]\nscript_location = alembic\n'
const project = {'alembic.ini': ini, 'alembic/env.py': envScript}
const upgrade = 'def upgrade():\n    pass\n'

/** A file of the versions folder with these lines, and an upgrade(). */
const lines = (...text: string[]) => `${text.join('\n')}\n${upgrade}`
const revision = (id: string, down: string, ...more: string[]) =>
  lines(`revision = ${JSON.stringify(id)}`, `down_revision = ${down}`, ...more)

/** A project with these files in its versions folder. */
const versions = (files: Readonly<Record<string, string | Uint8Array>>) => ({
  ...project,
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`alembic/versions/${name}`, text])),
})
const a = {'a_first.py': revision('aaaa', 'None')}
/** aaaa, and one file after it that is written in another way. */
const then = (...text: string[]) => versions({...a, 'b_second.py': lines(...text)})
const linear = {...a, 'b_second.py': revision('bbbb', '"aaaa"')}
const config = (text: string, files: Readonly<Record<string, string | Uint8Array>> = versions(a)) => ({
  ...files,
  'alembic.ini': text,
})

const runs = (...heads: string[]) => ({heads, upgradeHead: 'runs'}) as const
const severalHeads = (...heads: string[]) => ({heads, upgradeHead: 'fails'}) as const
const upgradeFails = severalHeads
const fails = {heads: 'fails', upgradeHead: 'fails'} as const
const doesNothing = (...heads: string[]) => ({heads, upgradeHead: 'nothing'}) as const

export const cases: readonly Case[] = [
  {number: 1, name: 'a line', files: versions(linear), ...runs('bbbb')},
  {
    number: 2,
    name: 'two revisions with one parent',
    files: versions({...linear, 'c.py': revision('cccc', '"aaaa"')}),
    ...severalHeads('bbbb', 'cccc'),
  },
  {
    number: 3,
    name: 'two bases',
    files: versions({...a, 'b.py': revision('bbbb', 'None')}),
    ...severalHeads('aaaa', 'bbbb'),
  },
  {
    number: 4,
    name: 'a merge, with a tuple',
    files: versions({...linear, 'c.py': revision('cccc', '"aaaa"'), 'd.py': revision('dddd', '("bbbb", "cccc")')}),
    ...runs('dddd'),
  },
  {
    number: 4,
    name: 'a merge, with a list',
    files: versions({...linear, 'c.py': revision('cccc', '"aaaa"'), 'd.py': revision('dddd', '["bbbb", "cccc"]')}),
    ...runs('dddd'),
  },
  {
    number: 5,
    name: 'a merge of an ancestor and its child',
    files: versions({...linear, 'c.py': revision('cccc', '("aaaa", "bbbb")')}),
    ...runs('cccc'),
  },
  {number: 6, name: 'a parent that no file has', files: versions({'b.py': revision('bbbb', '"aaaa"')}), ...fails},
  {number: 7, name: 'an abbreviated parent', files: versions({...a, 'b.py': revision('bbbb', '"aaa"')}), ...fails},
  {number: 8, name: 'a parent in capitals', files: versions({...a, 'b.py': revision('bbbb', '"AAAA"')}), ...fails},
  {number: 8, name: 'a parent with a blank', files: versions({...a, 'b.py': revision('bbbb', '"aaaa "')}), ...fails},
  {number: 9, name: 'an empty tuple for a parent', files: versions({'a.py': revision('aaaa', '()')}), ...runs('aaaa')},
  {
    number: 10,
    name: 'an empty text for a parent',
    files: versions({'a.py': revision('aaaa', '""')}),
    ...fails,
    before: {'1.9': runs('aaaa')},
    cannotTell: 'since which version it is none, is not known',
  },
  {number: 11, name: 'the word None for a parent', files: versions({'a.py': revision('aaaa', '"None"')}), ...fails},
  {number: 12, name: 'a revision that follows itself', files: versions({'a.py': revision('aaaa', '"aaaa"')}), ...fails},
  {
    number: 13,
    name: 'two that follow each other',
    files: versions({'a.py': revision('aaaa', '"bbbb"'), 'b.py': revision('bbbb', '"aaaa"')}),
    ...fails,
  },
  {
    number: 13,
    name: 'two that follow each other, beside a base',
    files: versions({...a, 'b.py': revision('bbbb', '"cccc"'), 'c.py': revision('cccc', '"bbbb"')}),
    ...fails,
  },
  {
    number: 14,
    name: 'one id in two files, both heads',
    files: versions({...linear, 'c.py': revision('bbbb', '"aaaa"')}),
    ...severalHeads('bbbb', 'bbbb'),
  },
  {
    number: 15,
    name: 'one id in two files, in the middle',
    files: versions({...linear, 'b2.py': revision('bbbb', '"aaaa"'), 'c.py': revision('cccc', '"bbbb"')}),
    ...severalHeads('bbbb', 'cccc'),
  },
  {
    number: 16,
    name: 'one id in two files, at the base',
    files: versions({...linear, 'a2.py': revision('aaaa', 'None')}),
    ...severalHeads('aaaa', 'bbbb'),
  },
  {
    number: 17,
    name: 'two lines that only a depends_on joins',
    files: versions({...a, 'b.py': revision('bbbb', 'None', 'depends_on = "aaaa"')}),
    ...severalHeads('aaaa', 'bbbb'),
  },
  {
    number: 18,
    name: 'a depends_on between two that a third one merges',
    files: versions({
      ...linear,
      'c.py': revision('cccc', '"aaaa"', 'depends_on = "bbbb"'),
      'd.py': revision('dddd', '("bbbb", "cccc")'),
    }),
    ...runs('dddd'),
  },
  {
    number: 19,
    name: 'a depends_on that no file has',
    files: then('revision = "bbbb"', 'down_revision = "aaaa"', 'depends_on = "zzzz"'),
    ...fails,
  },
  {
    number: 19,
    name: 'an abbreviated depends_on',
    files: versions({...linear, 'c.py': revision('cccc', '"bbbb"', 'depends_on = "aaa"')}),
    ...fails,
  },
  {
    number: 20,
    name: 'a branch label as depends_on',
    files: versions({
      'a.py': revision('aaaa', 'None', 'branch_labels = ("shop",)'),
      'b.py': revision('bbbb', '"aaaa"'),
      'c.py': revision('cccc', '"bbbb"', 'depends_on = "shop"'),
    }),
    ...runs('cccc'),
  },
  {
    number: 21,
    name: 'a revision that depends on itself',
    files: versions({'a.py': revision('aaaa', 'None', 'depends_on = "aaaa"')}),
    ...fails,
  },
  {
    number: 21,
    name: 'two that depend on each other',
    files: versions({
      'a.py': revision('aaaa', 'None', 'depends_on = "bbbb"'),
      'b.py': revision('bbbb', 'None', 'depends_on = "aaaa"'),
    }),
    ...fails,
  },
  {
    number: 22,
    name: 'one branch label on two revisions',
    files: versions({
      'a.py': revision('aaaa', 'None', 'branch_labels = "shop"'),
      'b.py': revision('bbbb', '"aaaa"', 'branch_labels = "shop"'),
    }),
    ...fails,
  },
  {
    number: 22,
    name: 'a branch label that is an id',
    files: versions({...a, 'b.py': revision('bbbb', '"aaaa"', 'branch_labels = "aaaa"')}),
    ...fails,
  },
  {
    number: 23,
    name: 'a branch label as parent',
    files: versions({'a.py': revision('aaaa', 'None', 'branch_labels = "shop"'), 'b.py': revision('bbbb', '"shop"')}),
    ...fails,
  },
  {number: 24, name: 'an id with -', files: versions({'a.py': revision('aa-aa', 'None')}), ...fails},
  {number: 24, name: 'an id with +', files: versions({'a.py': revision('aa+aa', 'None')}), ...fails},
  {number: 24, name: 'an id with @', files: versions({'a.py': revision('aa@aa', 'None')}), ...fails},
  {
    number: 25,
    name: 'an id with :',
    files: versions({'a.py': revision('aa:aa', 'None')}),
    ...fails,
    before: {'1.17.1': runs('aa:aa')},
  },
  {
    number: 26,
    name: 'an id of 33 characters, which only Postgres minds',
    files: versions({'a.py': revision('a'.repeat(33), 'None')}),
    ...runs('a'.repeat(33)),
  },
  {
    number: 27,
    name: 'a type beside the name',
    files: then('revision: str = "bbbb"', 'down_revision: str = "aaaa"'),
    ...runs('bbbb'),
  },
  {
    number: 27,
    name: 'the types of newer templates',
    files: then(
      'from __future__ import annotations',
      'from typing import Sequence, Union',
      'revision: str = "bbbb"',
      'down_revision: Union[str, Sequence[str], None] = "aaaa"',
      'branch_labels: str | Sequence[str] | None = None',
    ),
    ...runs('bbbb'),
  },
  ...Object.entries({
    'two names at once': ['revision, down_revision = "bbbb", "aaaa"'],
    'a chain': ['revision = rid = "bbbb"', 'down_revision = "aaaa"'],
    'a name for a value': ['before = "aaaa"', 'revision = "bbbb"', 'down_revision = before'],
    '+=': ['revision = "bb"', 'revision += "bb"', 'down_revision = "aaaa"'],
    'texts side by side': ['revision = "bb" "bb"', 'down_revision = "aa" + "aa"'],
    parentheses: ['revision = (', '    "bbbb"', ')', 'down_revision = ("aaaa")'],
    'a line that goes on behind \\': ['revision = \\', '    "bbbb"', 'down_revision = "aaaa"'],
    semicolons: ['revision = "bbbb"; down_revision = "aaaa"'],
    'in an if': ['if True:', '    revision = "bbbb"', '    down_revision = "aaaa"'],
    'in a try': ['try:', '    revision = "bbbb"', '    down_revision = "aaaa"', 'except NameError:', '    pass'],
    'escapes and prefixes': [String.raw`revision = u"bb\x62b"`, "down_revision = r'''aaaa'''"],
  }).map(([name, text]): Case => ({number: 28, name: `the ids: ${name}`, files: then(...text), ...runs('bbbb')})),
  ...Object.entries({
    'an f-string': ['name = "bb"', 'revision = f"{name}bb"', 'down_revision = "aaaa"'],
    'a method': ['revision = "BBBB".lower()', 'down_revision = "aaaa"'],
    'globals()': ['globals()["revision"] = "bbbb"', 'down_revision = "aaaa"'],
  }).map(
    ([name, text]): Case => ({
      number: 29,
      name: `the ids: ${name}`,
      files: then(...text),
      ...runs('bbbb'),
      cannotTell: 'only Python knows the id',
    }),
  ),
  {
    number: 30,
    name: 'a comma behind the id',
    files: then('revision = "bbbb",', 'down_revision = "aaaa"'),
    ...upgradeFails('bbbb'),
    cannotTell: 'how heads shows it',
  },
  {
    number: 31,
    name: 'a comma behind the parent',
    files: then('revision = "bbbb"', 'down_revision = "aaaa",'),
    ...runs('bbbb'),
  },
  {
    number: 32,
    name: 'ids only in a docstring, a comment and a function',
    files: then('"""', 'revision = "bbbb"', '"""', '# revision = "bbbb"', 'def f():', '    revision = "bbbb"'),
    ...fails,
  },
  {
    number: 33,
    name: 'a docstring that says other ids',
    files: then('"""Revision ID: cccc', 'Revises: dddd', '"""', 'revision = "bbbb"', 'down_revision = "aaaa"'),
    ...runs('bbbb'),
  },
  {
    number: 34,
    name: 'an id that is assigned twice',
    files: then('revision = "cccc"', 'revision = "bbbb"', 'down_revision = "aaaa"'),
    ...runs('bbbb'),
  },
  {number: 35, name: 'a type without a value', files: then('revision: str', 'down_revision = "aaaa"'), ...fails},
  {
    number: 36,
    name: 'a hexadecimal file name in the place of the id',
    files: versions({...a, 'abc123.py': lines('down_revision = "aaaa"')}),
    ...runs('abc123'),
  },
  ...['utils.py', 'conftest.py', '__main__.py'].map(
    (name): Case => ({
      number: 37,
      name: `${name} beside the revisions`,
      files: versions({...a, [name]: 'X = 1\n'}),
      ...fails,
    }),
  ),
  {number: 37, name: 'an empty file beside the revisions', files: versions({...a, 'empty.py': ''}), ...fails},
  {number: 38, name: 'a helper with a hexadecimal name', files: versions({...a, 'cafe.py': 'X = 1\n'}), ...fails},
  {
    number: 39,
    name: '__init__.py and what begins like it',
    files: versions({...a, '__init__.py': revision('bbbb', 'None'), '__init__x.py': revision('cccc', 'None')}),
    ...runs('aaaa'),
  },
  {
    number: 40,
    name: 'a hidden .py file',
    files: versions({...a, '.b.py': revision('bbbb', '"aaaa"')}),
    ...runs('bbbb'),
  },
  {
    number: 41,
    name: 'what macOS leaves beside a file',
    files: versions({...a, '._a.py': new Uint8Array([0, 5, 22, 7, 0])}),
    ...fails,
  },
  {
    number: 42,
    name: 'names that are not loaded',
    files: versions({
      ...a,
      '.#b.py': revision('bbbb', 'None'),
      'b.py~': revision('cccc', 'None'),
      'b.py.bak': revision('dddd', 'None'),
      'b.pyc': 'no code',
      'b.PY': revision('eeee', 'None'),
    }),
    ...runs('aaaa'),
  },
  {
    number: 43,
    name: 'a folder in the folder',
    files: versions({...a, 'old/b.py': revision('bbbb', '"aaaa"')}),
    ...runs('aaaa'),
  },
  {
    number: 43,
    name: 'a folder in the folder, recursive',
    files: config(
      `${ini}recursive_version_locations = true\n`,
      versions({...a, 'old/b.py': revision('bbbb', '"aaaa"')}),
    ),
    ...runs('bbbb'),
    before: {'1.10': runs('aaaa')},
  },
  {
    number: 43,
    name: 'a folder in the folder, recursive in Python’s spelling',
    files: config(
      `${ini}recursive_version_locations = True\n`,
      versions({...a, 'old/b.py': revision('bbbb', '"aaaa"')}),
    ),
    ...runs('aaaa'),
  },
  {
    number: 44,
    name: 'the marks of a merge conflict',
    files: then(
      'revision = "bbbb"',
      '<<<<<<< HEAD',
      'down_revision = "aaaa"',
      '=======',
      'down_revision = None',
      '>>>>>>> main',
    ),
    ...fails,
  },
  {
    number: 45,
    name: 'an import of what is not installed',
    files: then('import no_such_package_anywhere', 'revision = "bbbb"', 'down_revision = "aaaa"'),
    ...fails,
    decidedElsewhere: 'what is installed',
  },
  {
    number: 46,
    name: 'no upgrade()',
    files: versions({'a.py': 'revision = "aaaa"\ndown_revision = None\n'}),
    ...upgradeFails('aaaa'),
  },
  {number: 47, name: 'no downgrade()', files: versions(linear), ...runs('bbbb')},
  {
    number: 48,
    name: 'async def upgrade()',
    files: versions({'a.py': 'revision = "aaaa"\ndown_revision = None\nasync def upgrade():\n    pass\n'}),
    ...doesNothing('aaaa'),
  },
  {number: 49, name: 'no versions folder', files: project, ...doesNothing(), before: {'1.10': fails}},
  {number: 50, name: 'no [alembic] in the ini', files: config('[loggers]\nkeys = root\n'), ...fails},
  {
    number: 51,
    name: 'a comment behind script_location',
    files: config('[alembic]\nscript_location = alembic # here\n'),
    ...fails,
  },
  {
    number: 51,
    name: 'quotes around script_location',
    files: config('[alembic]\nscript_location = "alembic"\n'),
    ...fails,
  },
  {number: 51, name: 'a section in capitals', files: config('[Alembic]\nscript_location = alembic\n'), ...fails},
  {
    number: 52,
    name: 'a relative script_location from another folder',
    files: {...versions(a), 'sub/x': ''},
    cwd: 'sub',
    options: ['-c', '../alembic.ini'],
    ...fails,
  },
  {
    number: 52,
    name: '%(here)s from another folder',
    files: config('[alembic]\nscript_location = %(here)s/alembic\n', {...versions(a), 'sub/x': ''}),
    cwd: 'sub',
    options: ['-c', '../alembic.ini'],
    ...runs('aaaa'),
  },
  ...Object.entries({
    'a key that stands twice': `${ini}SCRIPT_LOCATION = alembic\n`,
    'a section that stands twice': `${ini}[alembic]\n`,
    'a byte order mark': `\ufeff${ini}`,
    'no section before the first key': `script_location = alembic\n${ini}`,
    'a key without a value': `${ini}version_locations\n`,
  }).map(([name, text]): Case => ({number: 53, name: `the ini: ${name}`, files: config(text), ...fails})),
  {
    number: 54,
    name: '%40 in sqlalchemy.url, which env.py reads',
    files: {
      ...config(`${ini}sqlalchemy.url = sqlite://app%40.db\n`),
      'alembic/env.py': envScript.replace(
        'with create',
        'url = context.config.get_main_option("sqlalchemy.url")\n\nwith create',
      ),
    },
    ...upgradeFails('aaaa'),
  },
  {
    number: 55,
    name: 'a % that is not doubled in file_template',
    files: config(`${ini}file_template = %(year)d_%(rev)s\n`),
    ...fails,
  },
  {
    number: 56,
    name: 'version_locations with : and no separator',
    files: config(`${ini}version_locations = one:two\n`, {
      ...project,
      'one/a.py': revision('aaaa', 'None'),
      'two/b.py': revision('bbbb', '"aaaa"'),
    }),
    ...fails,
  },
  {
    number: 57,
    name: 'a separator with a comment behind it',
    files: config(`${ini}version_locations = one:two\nversion_path_separator = os  # the usual one\n`),
    ...fails,
  },
  {
    number: 58,
    name: 'path_separator',
    files: config(`${ini}version_locations = one:two\npath_separator = os\n`, {
      ...project,
      'one/a.py': revision('aaaa', 'None'),
      'two/b.py': revision('bbbb', '"aaaa"'),
    }),
    ...runs('bbbb'),
    before: {'1.16': fails},
  },
  {
    number: 59,
    name: 'version_locations without the folder of the parent',
    files: config(`${ini}version_locations = other\n`, {...versions(a), 'other/b.py': revision('bbbb', '"aaaa"')}),
    ...fails,
  },
  {
    number: 60,
    name: 'one folder twice in version_locations',
    files: config(`${ini}version_locations = alembic/versions alembic/../alembic/versions\n`),
    ...runs('aaaa'),
  },
  {
    number: 61,
    name: 'script_location in a package, with prepend_sys_path',
    files: {
      'alembic.ini': '[alembic]\nscript_location = shop:migrations\nprepend_sys_path = src\n',
      'src/shop/__init__.py': '',
      'src/shop/migrations/env.py': envScript,
      'src/shop/migrations/versions/a.py': revision('aaaa', 'None'),
    },
    ...runs('aaaa'),
  },
  {
    number: 61,
    name: 'script_location in a package, without prepend_sys_path',
    files: {
      'alembic.ini': '[alembic]\nscript_location = shop_nowhere:migrations\n',
      'src/shop_nowhere/__init__.py': '',
      'src/shop_nowhere/migrations/env.py': envScript,
    },
    ...fails,
    cannotTell: 'the package may be installed',
  },
  {
    number: 62,
    name: 'pyproject.toml only',
    files: {
      'pyproject.toml': '[tool.alembic]\nscript_location = "%(here)s/alembic"\n',
      'alembic/env.py': envScript,
      'alembic/versions/a.py': revision('aaaa', 'None'),
    },
    ...runs('aaaa'),
    before: {'1.16': fails},
  },
  {
    number: 63,
    name: 'alembic.ini and pyproject.toml: the ini wins',
    files: {...versions(a), 'pyproject.toml': '[tool.alembic]\nscript_location = "elsewhere"\n'},
    ...runs('aaaa'),
  },
  {
    number: 64,
    name: 'version_locations as a text in pyproject.toml',
    files: {
      'pyproject.toml':
        '[tool.alembic]\nscript_location = "%(here)s/alembic"\nversion_locations = "%(here)s/alembic/versions"\n',
      'alembic/env.py': envScript,
      'alembic/versions/a.py': revision('aaaa', 'None'),
    },
    ...doesNothing(),
    before: {'1.16': fails},
  },
  {
    number: 65,
    name: 'a pyproject.toml that is no TOML, beside a good ini',
    files: {...versions(a), 'pyproject.toml': '[tool.alembic\n'},
    ...fails,
    before: {'1.16': runs('aaaa')},
  },
  {
    number: 66,
    name: 'script_location in [DEFAULT]',
    files: config('[DEFAULT]\nscript_location = alembic\n[alembic]\n'),
    ...runs('aaaa'),
  },
  {number: 66, name: '[DEFAULT] alone', files: config('[DEFAULT]\nscript_location = alembic\n'), ...fails},
  {
    number: 67,
    name: '-n names the section',
    files: config('[one]\nscript_location = one\n[two]\nscript_location = alembic\n'),
    options: ['-n', 'two'],
    ...runs('aaaa'),
  },
  {
    number: 68,
    name: 'a SELECT before context.configure(), with SQLAlchemy 2',
    files: {
      ...versions(a),
      'alembic/env.py': envScript
        .replace('create_engine\n', 'create_engine, text\n')
        .replace('    context.configure', '    connection.execute(text("select 1"))\n    context.configure'),
    },
    ...doesNothing('aaaa'),
    sqlalchemy: '2.0.52',
  },
  {
    number: 69,
    name: 'an index made CONCURRENTLY, which only Postgres minds',
    files: versions({
      'a.py':
        'from alembic import op\nrevision = "aaaa"\ndown_revision = None\ndef upgrade():\n    op.execute("create table t (a int)")\n    op.create_index("i", "t", ["a"], postgresql_concurrently=True)\n',
    }),
    ...runs('aaaa'),
  },
  {
    number: 70,
    name: 'a link to a file that is there too',
    files: versions(a),
    links: {'alembic/versions/b.py': 'a_first.py'},
    ...runs('aaaa'),
  },
  {
    number: 71,
    name: 'sys.exit(0) in a revision',
    files: then('import sys', 'sys.exit(0)', 'revision = "bbbb"', 'down_revision = "aaaa"'),
    ...doesNothing(),
  },
  {
    number: 72,
    name: 'numbers in quotes',
    files: versions({'1.py': revision('0001', 'None'), '2.py': revision('0002', '"0001"')}),
    ...runs('0002'),
  },
  {
    number: 73,
    name: 'CRLF',
    files: versions({...a, 'b.py': revision('bbbb', '"aaaa"').replaceAll('\n', '\r\n')}),
    ...runs('bbbb'),
  },
  {
    number: 73,
    name: 'CR alone',
    files: versions({...a, 'b.py': revision('bbbb', '"aaaa"').replaceAll('\n', '\r')}),
    ...runs('bbbb'),
  },
  {
    number: 73,
    name: 'a byte order mark',
    files: versions({...a, 'b.py': `\ufeff${revision('bbbb', '"aaaa"')}`}),
    ...runs('bbbb'),
  },
  {
    number: 73,
    name: 'Latin-1 that says so',
    files: versions({
      ...a,
      'b.py': new TextEncoder()
        .encode(`# -*- coding: latin-1 -*-\n${revision('bbbb', '"aaaa"', '# caf\u00e9')}`)
        .filter((byte) => byte !== 0xc3),
    }),
    ...runs('bbbb'),
    cannotTell: 'only UTF-8 is read',
  },
  {
    number: 74,
    name: 'a parent that stands twice in a tuple',
    files: versions({...a, 'b.py': revision('bbbb', '("aaaa", "aaaa")')}),
    ...runs('bbbb'),
  },
]
