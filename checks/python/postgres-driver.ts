import {defineCheck, knownRequirements} from '../../src/check.ts'

export default defineCheck({
  id: 'python/postgres-driver',
  title: 'a Postgres driver is declared',
  why: 'SQLAlchemy, alembic and Django connect through a driver that must be installed: without one they stop at the first connection.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'python', 'processes'],
  uses: ['flyConfig'],
  *run({image, python, processes, flyConfig}) {
    const {final} = image
    if (final.drivers.length > 0) return
    if (!python.postgresUse) return 'nothing in the project names a Postgres URL'
    const url = flyConfig?.config.env?.DATABASE_URL
    if (url !== undefined && !url.startsWith('postgres')) return '[env] DATABASE_URL leads to another database'
    const all = knownRequirements(image, processes)
    if (typeof all === 'string') return all
    if ([...final.packages.installed.keys()].some((name) => /psycopg|asyncpg|pg8000/.test(name))) return
    const user = all.find(({name}) => /^(?:alembic|sqlalchemy|sqlmodel|django)$/.test(name))
    if (!user) return 'neither SQLAlchemy, alembic nor Django is installed'
    if (all.some(({name}) => otherDrivers.test(name))) return 'the driver of another database is installed'
    const others = all.map((requirement) => python.bringsDriver(requirement))
    if (others.includes('maybe')) return 'a package may bring the driver'
    yield {
      message: `${user.name} is installed and the project uses Postgres, but no Postgres driver is declared`,
      at: user.at,
      related: [python.postgresUse.at],
      hint:
        user.name === 'django'
          ? 'Add psycopg[binary], or psycopg2-binary for a Django before 4.2.'
          : 'Add asyncpg (async), psycopg[binary] or psycopg2-binary, whichever the database URL names.',
      // A URL that is only a default may not be the one in use, and of some packages it is not known what they bring.
      ...((!python.postgresUse.proven || others.includes('unknown')) && {severity: 'warning'}),
    }
  },
})

/** Drivers of MySQL, SQL Server, Oracle, SQLite and others: the URL that names Postgres may be a leftover. */
const otherDrivers =
  /^(pymysql|mysqlclient|mysql-connector-python|aiomysql|asyncmy|aiosqlite|pyodbc|aioodbc|pymssql|cx-oracle|oracledb|snowflake-sqlalchemy|clickhouse-sqlalchemy|duckdb-engine|sqlalchemy-bigquery)$/
