import check from '../../../checks/python/dataclass-fields.ts'
import {testCheck} from '../../harness.ts'

const project = (body: string, {decorator = '@dataclass', base = '', from = 'dataclasses'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n',
    'main.py': `from ${from} import KW_ONLY, dataclass, field\nimport dataclasses as d\n\n${decorator}\nclass Product${base}:\n${body}\n`,
  },
})
const says = (what: string, error: string) => `${what}. CMD imports this file, which ends with ${error}`

testCheck(check, {
  clean: {
    'a factory': project('    tags: list = field(default_factory=list)\n    name: str = ""'),
    'what is no field': project('    tags = []\n    names: ClassVar[list] = []\n    name: str'),
    'values that nothing changes': project(
      '    size: tuple = ()\n    sizes: frozenset = frozenset()\n    none: list = None',
    ),
    'the default of a parameter': project('    name: str\n    def add(self, tags=[]):\n        pass'),
    'a class without the decorator': project('    tags: list = []', {decorator: ''}),
    'the dataclass of pydantic': project('    tags: list = []', {from: 'pydantic.dataclasses'}),
    'fields with their names at every call': project('    size: int = 1\n    name: str', {
      decorator: '@dataclass(kw_only=True)',
    }),
    'fields behind KW_ONLY': project('    size: int = 1\n    _: KW_ONLY\n    name: str'),
    'one that is no parameter': project('    size: int = 1\n    name: str = field(init=False)'),
    'a field that the body names again': project('    size: int = 1\n    name: str\n    name = ""'),
    'a base that may have the field': project('    size: int = 1\n    name: str', {base: '(Base)'}),
    'another decorator beside it': project('    tags: list = []', {decorator: '@checked\n@dataclass'}),
  },
  flagged: {
    'a list as the default': {
      ...project('    name: str\n    tags: list = []'),
      expect: [
        `error main.py:7:5 ${says('tags has [] as its default, which all instances would share', "ValueError: mutable default <class 'list'> for field tags is not allowed")}`,
      ],
    },
    'a call that makes a dict': {
      ...project('    options: dict = dict()', {decorator: '@d.dataclass(frozen=True)'}),
      expect: [
        `error main.py:6:5 ${says('options has dict() as its default, which all instances would share', "ValueError: mutable default <class 'dict'> for field options is not allowed")}`,
      ],
    },
    'a field without a default behind one that has one': {
      ...project('    size: int = 1\n    name: str'),
      expect: [
        `error main.py:7:5 ${says('name has no default and stands behind size, which has one', "TypeError: non-default argument 'name' follows default argument")}`,
      ],
    },
    'behind a factory': {
      ...project('    tags: list = field(default_factory=list)\n    name: str = field(repr=False)'),
      expect: [
        `error main.py:7:5 ${says('name has no default and stands behind tags, which has one', "TypeError: non-default argument 'name' follows default argument")}`,
      ],
    },
  },
})
