import pydanticModels from '../../../checks/python/pydantic-models.ts'
import {testCheck} from '../../harness.ts'

const imports =
  'import datetime\nfrom typing import Any, Optional\nfrom pydantic import BaseModel, ConfigDict, Field, conlist, constr, field_validator, model_validator, root_validator, validator\n\n\n'
const project = (body: string, requirements = 'fastapi==0.115.6\npydantic==2.10.4\n', base = 'BaseModel') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
    'requirements.txt': requirements,
    'main.py': `${imports}class Note(${base}):\n${body.replace(/^/gm, '    ')}\n`,
  },
})
const told = (line: number, column: number, what: string, error: string, severity = 'error') =>
  `${severity} main.py:${line}:${column} Note: ${what}. CMD imports this file, which ends with ${error}`
const untyped = (name: string, severity?: string) =>
  told(7, 5, `${name} has no type`, 'PydanticUserError: A non-annotated attribute was detected', severity)
const schema = 'PydanticSchemaGenerationError: Unable to generate pydantic-core schema'

testCheck(pydanticModels, {
  clean: {
    'a model of pydantic 2': project(
      'model_config = ConfigDict(extra="ignore")\ntitle: str = Field(pattern="^[a-z]+$")\ntags: list[Any] = []\n_seen = 1\n@field_validator("title")\n@classmethod\ndef short(cls, value):\n    return value\n@model_validator(mode="after")\ndef whole(self):\n    return self',
    ),
    'pydantic 1': project('title = "a"\nkind: str = Field(regex="a")', 'fastapi==0.95.2\npydantic==1.10.24\n'),
    'a version that cannot be told': project('title = "a"', 'fastapi\npydantic>=1.8,<3\n'),
    'another base may declare the field': project('title = "a"', undefined, 'Titled'),
    'an enum beside it': project('"""A text."""\nkind: str', undefined, 'BaseModel'),
    'a type that pydantic need not know': project('model_config = ConfigDict(arbitrary_types_allowed=True)\nx: any'),
    'a validator that is not checked': project(
      'title: str\n@field_validator("body", check_fields=False)\n@classmethod\ndef f(cls, value):\n    return value',
    ),
    'a validator of each field': project(
      'title: str\n@field_validator("*", mode="before")\n@classmethod\ndef f(cls, value):\n    return value',
    ),
    'a root_validator that runs before': project(
      'title: str\n@root_validator(pre=True)\ndef f(cls, values):\n    return values',
    ),
    'fields, properties and names of its own that __init__ sets': project(
      'title: str = ""\n_seen: int = 0\ndef __init__(self, **data):\n    super().__init__(**data)\n    self.title = "a"\n    self._other = 1\n    self.size = 2\n    if data:\n        self.more = 1\n@property\ndef size(self): return 1\n@size.setter\ndef size(self, value): pass',
    ),
    'a model that takes more': project(
      'model_config = ConfigDict(extra="allow")\ndef __init__(self, **data):\n    super().__init__(**data)\n    self.more = 1',
    ),
    'a class of the module': project('at: datetime.datetime\nday: Optional[datetime.date] = None'),
    'a pattern for the other engine': project(
      'model_config = ConfigDict(regex_engine="python-re")\ncode: str = Field(pattern="^(?=.*[0-9]).+$")',
    ),
  },
  flagged: {
    'an attribute that __init__ sets': {
      ...project('def __init__(self, **data):\n    super().__init__(**data)\n    self.app = 1\n    self.more = 2\n'),
      expect: [
        'warning main.py:9:9 Note: __init__ sets app, which is no field. Whoever makes one ends with ValueError: "Note" object has no field "app"',
      ],
    },
    'one that __init__ sets, where the module makes one': {
      files: {
        ...project('').files,
        'main.py': `${imports}class Note(BaseModel):\n    model_config = ConfigDict(extra="ignore")\n\n    def __init__(self):\n        self.app = 1\n\n\nnote = Note()\n`,
      },
      expect: [told(10, 9, '__init__ sets app, which is no field', 'ValueError: "Note" object has no field "app"')],
    },
    'an attribute without a type': {...project('title = "a"'), expect: [untyped('title')]},
    'of the newest pydantic: a warning': {
      ...project('title = "a"', 'fastapi\nuvicorn\n'),
      expect: [untyped('title', 'warning')],
    },
    'a Field without a type': {...project('title = Field("a")'), expect: [untyped('title')]},
    'the function any in the place of the type Any': {
      ...project('data: dict[str, any] = {}'),
      expect: [told(7, 5, 'the type of data is the function any()', schema)],
    },
    'a module in the place of its class': {
      ...project('at: Optional[datetime] = None'),
      expect: [told(7, 5, 'the type of at is the module datetime', schema)],
    },
    'arguments of pydantic 1': {
      ...project('title: str = Field(..., regex="^a")\nkind: str = Field("a", const=True)'),
      expect: [
        told(
          7,
          18,
          'Field has no argument regex any more',
          'PydanticUserError: `regex` is removed. use `pattern` instead',
        ),
        told(
          8,
          17,
          'Field has no argument const any more',
          'PydanticUserError: `const` is removed, use `Literal` instead',
        ),
      ],
    },
    'a limited list of pydantic 1': {
      ...project('tags: conlist(str, min_items=1)'),
      expect: [
        told(
          7,
          5,
          'conlist has no argument min_items any more',
          "TypeError: conlist() got an unexpected keyword argument 'min_items'",
        ),
      ],
    },
    'a root_validator': {
      ...project('title: str\n@root_validator\ndef f(cls, values):\n    return values'),
      expect: [
        told(
          8,
          5,
          '@root_validator is neither told pre=True nor skip_on_failure=True',
          'PydanticUserError: If you use `@root_validator` with pre=False (the default) you MUST specify `skip_on_failure=True`',
        ),
      ],
    },
    'a validator of no field': {
      ...project('title: str\n@validator("titel")\ndef f(cls, value):\n    return value'),
      expect: [
        told(
          8,
          5,
          'a validator is for titel, and there is no such field',
          'PydanticUserError: Decorators defined with incorrect fields',
        ),
      ],
    },
    'a validator that asks for the field': {
      ...project('title: str\n@validator("title")\ndef f(cls, value, field):\n    return value'),
      expect: [
        told(
          8,
          5,
          'a validator asks for field, which pydantic 2 does not hand it',
          'PydanticUserError: The `field` and `config` parameters are not available in Pydantic V2',
        ),
      ],
    },
    'a field_validator with an argument of validator': {
      ...project('title: str\n@field_validator("title", pre=True)\ndef f(cls, value):\n    return value'),
      expect: [
        told(
          8,
          5,
          '@field_validator has no argument pre',
          "TypeError: field_validator() got an unexpected keyword argument 'pre'",
        ),
      ],
    },
    'a model_validator without its mode': {
      ...project('title: str\n@model_validator\ndef f(cls, value):\n    return value'),
      expect: [
        told(
          8,
          5,
          '@model_validator stands without its arguments',
          'PydanticUserError or TypeError: it cannot be used without arguments',
        ),
      ],
    },
    'a pattern that looks ahead': {
      ...project('code: str = Field(pattern=r"^(?=.*[0-9]).+$")'),
      expect: [
        told(
          7,
          31,
          'its pattern looks ahead or back, and the regular expressions of pydantic cannot',
          'SchemaError: look-around, including look-ahead and look-behind, is not supported',
        ),
      ],
    },
    'a model of one value': {
      ...project('__root__: list[str]'),
      expect: [told(7, 5, '__root__ is no field any more', 'TypeError: To define root models, use pydantic.RootModel')],
    },
  },
})
