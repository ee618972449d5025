import upgradeFunction from '../../../checks/alembic/upgrade-function.ts'
import {testCheck} from '../../harness.ts'
import {revision, withFiles} from './projects.ts'

testCheck(upgradeFunction, {
  clean: {
    'another name for it': withFiles({'b.py': revision('bbbb', '"aaaa"', 'from helpers import upgrade\n')}),
    'an async helper': withFiles({
      'b.py': revision('bbbb', '"aaaa"', 'async def fill():\n    pass\n\n\ndef upgrade():\n    op.run_async(fill)\n'),
    }),
    'behind an f-string with its own quotes in it, which Python 3.12 takes': withFiles({
      'b.py': revision('bbbb', '"aaaa"', `x = f"{y.replace('"', '')}"\n\n\ndef upgrade():\n    pass\n`),
    }),
    'no downgrade': withFiles({'b.py': revision('bbbb', '"aaaa"')}),
    'an operation in a function': withFiles({
      'b.py': revision('bbbb', '"aaaa"', 'def upgrade() -> None:\n    op.execute("""\nop.execute(1)\n""")\n'),
    }),
  },
  flagged: {
    'async def upgrade()': {
      ...withFiles({'b.py': revision('bbbb', '"aaaa"', 'async def upgrade() -> None:\n    pass\n')}),
      expect: [
        'warning alembic/versions/b.py:3:1 async def upgrade() is never awaited: alembic marks the revision as done and does nothing',
      ],
    },
    none: {
      ...withFiles({'b.py': revision('bbbb', '"aaaa"', '# def upgrade(): pass\ndef downgrade():\n    pass\n')}),
      expect: [
        'warning alembic/versions/b.py there is no upgrade(): alembic upgrade stops when it comes to this revision',
      ],
    },
    'an operation outside of it': {
      ...withFiles({'b.py': revision('bbbb', '"aaaa"', 'def upgrade():\n    pass\n\n\nop.execute("select 1")\n')}),
      expect: [
        'warning alembic/versions/b.py:7:1 op.execute() stands outside upgrade(): each upgrade runs it again, and other commands fail at it',
      ],
    },
  },
})
