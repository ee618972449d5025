import mappedTables from '../../../checks/python/mapped-tables.ts'
import {testCheck} from '../../harness.ts'

const head =
  'import datetime\nfrom sqlalchemy import Column, ForeignKey, Integer, func, text\nfrom sqlalchemy.orm import Mapped, mapped_column, relationship\nfrom db import Base\n\n\n'
const project = (models: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
    'requirements.txt': 'sqlalchemy==2.0.36\nuvicorn\n',
    'db.py': 'from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n',
    'main.py': 'import models\n\napp = models\n',
    'models.py': head + models,
    ...more,
  },
})
const key = '    id: Mapped[int] = mapped_column(primary_key=True)\n'
const user = `class User(Base):\n    __tablename__ = "users"\n${key}`
const note = (rest: string) => `class Note(Base):\n    __tablename__ = "notes"\n${key}    ${rest}\n`
const imports = (what: string, error: string) => `${what}. CMD imports this file, which ends with ${error}`
const query = (what: string, error: string) => `${what}. The first query ends with ${error}`
const noSql = "ArgumentError: Argument 'arg' is expected to be one of type 'str' or 'ClauseElement'"

testCheck(mappedTables, {
  clean: {
    'a key that a function of the project makes': project(
      'def pk_column() -> Mapped[int]:\n    return mapped_column(Integer, primary_key=True)\n\n\nclass Tag(Base):\n    __tablename__ = "tags"\n    id: Mapped[int] = pk_column()\n    name: Mapped[str]\n',
    ),
    'a key by keywords that are handed on': project(
      'KEY = dict(primary_key=True)\n\n\nclass Tag(Base):\n    __tablename__ = "tags"\n    id: Mapped[int] = mapped_column(**KEY)\n',
    ),
    'a column that stands elsewhere': project(
      'key = columns.key\n\n\nclass Tag(Base):\n    __tablename__ = "tags"\n    id: Mapped[int] = key\n',
    ),
    'Flask-SQLAlchemy names a table by its class, with a mixin as well': project(
      'class AppUser(UserMixin, db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n\n\nclass Note(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n    user_id = db.Column(db.Integer, db.ForeignKey("app_user.id"))\n',
      {},
    ),
    'a key that a function makes': project(
      'class Tag(Base):\n    __tablename__ = "tags"\n    id: Mapped[int] = pk_column()\n    name: Mapped[str]\n\n\nclass Mark(Base):\n    __tablename__ = "marks"\n    id = keys.serial()\n',
      {},
    ),
    'two tables that know one another': project(
      `${user}    notes: Mapped[list["Note"]] = relationship(back_populates="user")\n\n\n${note('user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))\n    user: Mapped["User"] = relationship(back_populates="notes")')}`,
    ),
    'defaults that are SQL': project(
      note(
        'done: Mapped[bool] = mapped_column(server_default="false", default=False)\n    at = Column(Integer, server_default=func.now())\n    n = Column(Integer, server_default=text("0"))\n    none = Column(Integer, server_default=None)',
      ),
    ),
    'a base that brings the key': project('class Tag(Base):\n    __tablename__ = "tags"\n    name: Mapped[str]\n', {
      'db.py':
        'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase):\n    id: Mapped[int] = mapped_column(primary_key=True)\n',
    }),
    'a mixin that may': project('class Tag(Keyed, Base):\n    __tablename__ = "tags"\n'),
    'a type that is the key': project(
      'intpk = Annotated[int, mapped_column(primary_key=True)]\n\n\nclass Tag(Base):\n    __tablename__ = "tags"\n    id: Mapped[intpk]\n',
    ),
    'the same table once more, on purpose': project(
      `${user}\n\nclass Row(Base):\n    __tablename__ = "users"\n    __table_args__ = {"extend_existing": True}\n${key}`,
    ),
    'a class that a base of another module has': project(`${user}    notes: Mapped[list["Note"]] = relationship()\n`, {
      'main.py': 'import models\nimport notes\n\napp = models\n',
      'notes.py': head + note(''),
    }),
    'a backref brings the other side': project(
      `${user}    notes = relationship("Note", backref="user")\n\n\n${note('user = relationship("User", back_populates="notes")')}`,
    ),
    'indexes over columns, by their names in the class and in the database, and over SQL': project(
      note(
        'made_at: Mapped[datetime.datetime] = mapped_column("created")\n    owner = Column("owner_id", Integer)\n    __table_args__ = (Index("a", "id", "created"), Index("b", text("id desc")), UniqueConstraint("owner_id", name="c"), {"comment": "x"})',
      ),
    ),
    'an index over a column whose name a key, a variable or a function gives': project(
      ['Column("at", Integer, key="made")', 'Column(NAME, Integer)', 'stamp()', 'made_column']
        .map((value, index) =>
          note(`at = ${value}\n    __table_args__ = (Index("a", "made"),)`).replaceAll(
            /Note|notes/g,
            (name) => `${name}${index}`,
          ),
        )
        .join('\n\n'),
    ),
    'an index over a column of a branch, of two at once, among the arguments, or of the database': project(
      [
        'if NAME:\n        made = Column(Integer)\n    __table_args__ = (Index("a", "made"),)',
        'at, made = Column(Integer), Column(Integer)\n    __table_args__ = (Index("a", "made"),)',
        '__table_args__ = (Column("made", Integer), Index("a", "made"))',
        '__table_args__ = (Index("a", "made"), {"autoload_with": engine})',
      ]
        .map((rest, index) => note(rest).replaceAll(/Note|notes/g, (name) => `${name}${index}`))
        .join('\n\n'),
    ),
    ...Object.fromEntries(
      [
        'if WITH_X:\n        x = Column(Integer)',
        'try:\n        x = Column(Integer)\n    except TypeError:\n        pass',
        'x, y = Column(Integer), Column(Integer)',
        'for name in ["x"]:\n        locals()[name] = Column(Integer)',
        'vars().update({name: Column(Integer) for name in ["x"]})',
        'y = Column("z", Integer, key="x")',
        'y = 1; x = Column(Integer)',
      ].map((column) => [
        `an index over ${column}`,
        project(note(`${column}\n    __table_args__ = (Index("a", "x"),)`)),
      ]),
    ),
    'an index over a column that a mixin may bring': project(
      `class Tag(Stamped, Base):\n    __tablename__ = "tags"\n${key}    __table_args__ = (Index("a", "created_at"),)\n`,
    ),
    'models that nothing starts': project('', {'old.py': head + note('n = Column(Integer, server_default=0)')}),
  },
  flagged: {
    'an index over a column with its order': {
      ...project(
        `class Tag(Stamped, Base):\n    __tablename__ = "tags"\n${key}    __table_args__ = (\n        Index("newest", "owner_id", "created_at desc"),\n    )\n`,
      ),
      expect: [
        `error models.py:11:37 ${imports('the index newest of Tag names the column "created_at desc", which the table tags has not', "ConstraintColumnNotFoundError: Can't create Index on table 'tags': no column named 'created_at desc' is present")}`,
      ],
    },
    'a constraint over a column that the class has not': {
      ...project(note('__table_args__ = (UniqueConstraint("id", "owner_id"),)')),
      expect: [
        `error models.py:10:46 ${imports('a unique constraint of Note names the column "owner_id", which the table notes has not', "ConstraintColumnNotFoundError: Can't create UniqueConstraint on table 'notes': no column named 'owner_id' is present")}`,
      ],
    },
    'a default that is a value of Python': {
      ...project(
        note(
          'done: Mapped[bool] = mapped_column(server_default=False)\n    at = Column(Integer, server_default=datetime.datetime.utcnow)',
        ),
      ),
      expect: [
        `error models.py:10:5 ${imports('the server_default of Note.done is False, which is no SQL', noSql)}`,
        `error models.py:11:5 ${imports('the server_default of Note.at is datetime.datetime.utcnow, which is no SQL', noSql)}`,
      ],
    },
    'no primary key': {
      ...project('class Tag(Base):\n    __tablename__ = "tags"\n    name: Mapped[str]\n'),
      expect: [
        `error models.py:7:7 ${imports('Tag has no primary key', "ArgumentError: Mapper could not assemble any primary key columns for mapped table 'tags'")}`,
      ],
    },
    'one table for two classes': {
      ...project(user, {
        'main.py': 'import models\nimport accounts\n\napp = models\n',
        'accounts.py': head + user.replace('User', 'Account'),
      }),
      expect: [
        `error models.py:7:7 ${imports('User has the table users, as Account of accounts.py has', "InvalidRequestError: Table 'users' is already defined for this MetaData instance")}`,
      ],
    },
    'a relationship to a class that is none': {
      ...project(`${user}    notes: Mapped[list["Memo"]] = relationship()\n`),
      expect: [
        `warning models.py:10:5 ${query('User.notes is a relationship to Memo, and the project has no such class', "InvalidRequestError: expression 'Memo' failed to locate a name")}`,
      ],
    },
    'a relationship to a class that nothing imports': {
      ...project(`${user}    notes = relationship("Note")\n`, {'notes.py': head + note('')}),
      expect: [
        `warning models.py:10:5 ${query('User.notes is a relationship to Note, and nothing that runs imports notes.py, which has it', "InvalidRequestError: expression 'Note' failed to locate a name")}`,
      ],
    },
    'the other side of a relationship that is not there': {
      ...project(`${user}\n\n${note('user: Mapped["User"] = relationship(back_populates="notes")')}`),
      expect: [
        `warning models.py:15:5 ${query('Note.user names notes of User in back_populates, and User has no such attribute', "InvalidRequestError: Mapper 'User' has no property 'notes'")}`,
      ],
    },
    'a foreign key to no table': {
      ...project(`${user}\n\n${note('user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))')}`),
      expect: [
        `warning models.py:15:5 ${query('Note.user_id has a foreign key to user.id, and no class has the table user', "NoReferencedTableError: could not find table 'user'")}`,
      ],
    },
  },
})
