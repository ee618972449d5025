import reservedAttribute from '../../../checks/python/reserved-attribute.ts'
import {testCheck} from '../../harness.ts'

const model = (line: string, bases = '(Base)') => `class Note${bases}:\n    __tablename__ = "notes"\n    ${line}\n`
const project = (text: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
    'main.py': 'import models\napp = 1\n',
    'models.py': text,
  },
})

testCheck(reservedAttribute, {
  clean: {
    'another name for the attribute': project(model('metadata_ = Column("metadata", JSON)')),
    'the metadata of all models': project('class Base(DeclarativeBase):\n    metadata = MetaData()\n'),
    'a model of Django': project(model('metadata = models.JSONField()', '(models.Model)')),
    'a model of pydantic': project(model('metadata: dict = Field(default_factory=dict)', '(BaseModel)')),
    'a table without a class': project('    metadata = Column(JSON)\n'),
    'a local variable': project('class A(Base):\n    def f(self):\n        metadata = Column(JSON)\n'),
  },
  flagged: {
    'a column': {
      ...project(model('metadata = Column(JSON)')),
      expect: [
        'error models.py:3:5 Note.metadata is a column, but SQLAlchemy keeps that name for itself: CMD imports this file and ends with InvalidRequestError',
      ],
    },
    'in the new form': {
      ...project(model('metadata: Mapped[dict] = mapped_column("metadata", JSON)')),
      expect: [
        'error models.py:3:5 Note.metadata is a column, but SQLAlchemy keeps that name for itself: CMD imports this file and ends with InvalidRequestError',
      ],
    },
    'of Flask-SQLAlchemy, in a file of which it is not known': {
      files: {'app/models.py': model('metadata = db.Column(db.JSON)', '(db.Model)')},
      expect: [
        'warning app/models.py:3:5 Note.metadata is a column, but SQLAlchemy keeps that name for itself: the import ends with InvalidRequestError',
      ],
    },
  },
  skipped: {},
})
