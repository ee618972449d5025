import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/postgres-driver',
  title: 'a Postgres driver is declared',
  why: 'SQLAlchemy and alembic connect through a driver that must be installed: without one they stop at the first connection.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'python'],
  *run({image, python}) {
    const {final} = image
    if (final.drivers.length > 0) return
    if (!python.postgresUse) return 'nothing in the project names a Postgres URL'
    const stages = [final, ...final.copiesPythonFrom]
    const installs = stages.flatMap((stage) => stage.installs).filter(({tool}) => tool !== 'pip wheel')
    if (installs.length === 0) return 'the Dockerfile installs no Python packages that can be told'
    // One step that cannot be read may bring the driver.
    if (!stages.every(({understood}) => understood) || !installs.every(({complete}) => complete)) {
      return 'not every installed Python package can be told'
    }
    const all = installs.flatMap(({requirements}) => requirements)
    const user = all.find(({name}) => name === 'alembic' || name === 'sqlalchemy' || name === 'sqlmodel')
    if (!user) return 'neither SQLAlchemy nor alembic is installed'
    if (all.some((requirement) => python.mayBringDriver(requirement))) return 'a package may bring the driver'
    yield {
      message: `${user.name} is installed and the project uses Postgres, but no Postgres driver is declared`,
      at: user.at,
      related: [python.postgresUse],
      hint: 'Add asyncpg (async), psycopg[binary] or psycopg2-binary, whichever the database URL names.',
    }
  },
})
