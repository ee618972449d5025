import check from '../../../checks/python/aware-times.ts'
import {testCheck} from '../../harness.ts'

const zoned = 'default=lambda: datetime.now(timezone.utc)'
const engine = 'engine = create_async_engine("postgresql+asyncpg://localhost/shop")'
const project = (column: string, {drivers = 'asyncpg', top = '', base = 'Base', made = engine} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "main.py"]\n',
    'requirements.txt': `sqlalchemy\n${drivers}\n`,
    'main.py': `import models\n${made}\n`,
    'models.py': `from sqlalchemy import Column, DateTime\n${top}\nclass Order(${base}):\n    __tablename__ = "orders"\n    ${column}\n`,
  },
})
const told = (by: string, line = 5, more = '') => [
  `warning models.py:${line}:5 Order.at has a type without a time zone, and ${by} gives it a time with one${more}: asyncpg refuses each such row (can't subtract offset-naive and offset-aware datetimes)`,
]

testCheck(check, {
  clean: {
    'a column with its zone': project(`at = Column(DateTime(timezone=True), ${zoned})`),
    'a time without a zone': project('at = Column(DateTime, default=datetime.utcnow)'),
    'one whose zone is taken away': project(
      'at = Column(DateTime, default=lambda: datetime.now(timezone.utc).replace(tzinfo=None))',
    ),
    'the database makes it': project('at = Column(DateTime, server_default=func.now())'),
    'another driver, which takes both': project(`at = Column(DateTime, ${zoned})`, {
      drivers: 'asyncpg\npsycopg[binary]',
    }),
    'an engine that is not async': project(`at = Column(DateTime, ${zoned})`, {
      made: 'engine = create_engine("postgresql://localhost/shop")',
    }),
    'a type of its own': project(`at = Column(UtcDateTime, ${zoned})`),
    'a type that is said for all': project(`at: Mapped[datetime] = mapped_column(${zoned})`, {
      top: 'Base.type_annotation_map = {datetime: DateTime(timezone=True)}',
    }),
    'a field with a type of its own': project(
      'at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))',
      {base: 'SQLModel, table=True', top: 'def now():\n    return datetime.now(timezone.utc)'},
    ),
    'a function that is not read': project('at = Column(DateTime, default=now)'),
  },
  flagged: {
    'a time with its zone': {...project(`at = Column(DateTime, ${zoned}, nullable=False)`), expect: told('default')},
    'when a row changes': {
      ...project('at = mapped_column(sa.DateTime(), onupdate=lambda: datetime.datetime.now(tz=datetime.UTC))'),
      expect: told('onupdate'),
    },
    'a type of Python': {
      ...project(`at: Mapped[datetime | None] = mapped_column(\n        nullable=True,\n        ${zoned},\n    )`),
      expect: told('default'),
    },
    'a function of its own': {
      ...project('at = Column(DateTime, default=now)', {
        top: 'def now() -> datetime:\n    """Of now."""\n    return datetime.now(timezone.utc)\n',
      }),
      expect: told('default', 8),
    },
    'a field of SQLModel': {
      ...project('at: datetime = Field(default_factory=lambda: datetime.now(timezone.utc), index=True)', {
        base: 'SQLModel, table=True',
      }),
      expect: told('default_factory'),
    },
    'two of them': {
      ...project(`at = Column(DateTime, ${zoned})\n    till = Column(DateTime, ${zoned})`),
      expect: told('default', 5, ', and so does one more'),
    },
  },
})
