import check from '../../../checks/env/settings-value.ts'
import {testCheck} from '../../harness.ts'

/** [env] or the image gives one value, and a class of settings has one field for it. */
const project = (
  value: string,
  field: string,
  {more = '', base = 'BaseSettings', made = 'settings = Settings()', dockerfile = ''} = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${value}\n`,
    Dockerfile: `FROM python:3.12\nCOPY . .\n${dockerfile}CMD ["python", "main.py"]\n`,
    'settings.py': `import enum\nfrom pydantic_settings import BaseSettings\n\nclass Color(str, enum.Enum):\n    RED = "red"\n\nclass Settings(${base}):\n    ${field}\n${more}\n${made}\n`,
  },
})
const told = (name: string, value: string, wants: string, place = 'fly.toml:3:1') => [
  `warning ${place} ${name} is ${JSON.stringify(value)}, and the settings in settings.py want ${wants}: the app stops with a ValidationError or SettingsError`,
]
const json = 'a list, written as JSON'

testCheck(check, {
  clean: {
    'a list in JSON': project(`HOSTS = '["a"]'`, 'hosts: list[str] = []'),
    'a switch in words': project('DEBUG = "Yes"', 'debug: bool = False'),
    'a switch that is one in TOML': project('DEBUG = true', 'debug: bool = False'),
    'a number with a point and nothing behind it': project('SIZE = " 1_000.0 "', 'size: int = 1'),
    'a number with a power': project('RATE = "1e3"', 'rate: float = 1'),
    'a word of several': project('MODE = "a"', `mode: Literal["a", 'b'] = "a"`),
    'a value of an enum': project('COLOR = "red"', 'color: Color = Color.RED'),
    'any text': project('NAME = "x"', 'name: str = ""'),
    'a text or a list': project('HOSTS = "a,b"', 'hosts: list[str] | str = []'),
    'a type that is not known': project('HOSTS = "a,b"', 'hosts: Hosts = []'),
    'a validator of the field': project('HOSTS = "a,b"', 'hosts: list[str] = []', {
      more: '    @field_validator("hosts", mode="before")\n    def split(cls, value):\n        return value.split(",")\n',
    }),
    'a validator of all fields': project('HOSTS = "a,b"', 'hosts: list[str] = []', {
      more: '    @validator("*", pre=True)\n    def split(cls, value):\n        return value\n',
    }),
    'lists that are not read as JSON': project('HOSTS = "a,b"', 'hosts: Annotated[list[str], NoDecode] = []'),
    'another name': project('HOSTS = "a,b"', 'hosts: list[str] = Field([], alias="ALLOWED")'),
    'a prefix': project('HOSTS = "a,b"', 'model_config = {"env_prefix": "SHOP_"}\n    hosts: list[str] = []'),
    'a class of its own': project('HOSTS = "a,b"', 'hosts: list[str] = []', {base: 'Base'}),
    'one that is given its values': project('HOSTS = "a,b"', 'hosts: list[str] = []', {made: 'x = Settings(hosts=[])'}),
    '[env] overrides the image': project(`HOSTS = '[]'`, 'hosts: list[str] = []', {dockerfile: 'ENV HOSTS=a\n'}),
  },
  flagged: {
    'a list with commas': {...project('HOSTS = "a,b"', 'hosts: list[str] = []'), expect: told('HOSTS', 'a,b', json)},
    'one that may be None': {
      ...project('hosts = "a"', 'hosts: Optional[List[str]] = None'),
      expect: told('hosts', 'a', json),
    },
    'a text that is JSON and no list': {
      ...project(`HOSTS = '"a"'`, 'hosts: set[str] = set()'),
      expect: told('HOSTS', '"a"', json),
    },
    'a switch': {
      ...project('DEBUG = "enabled"', 'debug: bool = False'),
      expect: told('DEBUG', 'enabled', 'true or false'),
    },
    'a number with its unit': {
      ...project('WAIT = "10s"', 'wait: int | None = None'),
      expect: told('WAIT', '10s', 'a whole number'),
    },
    'nothing for a number': {...project('RATE = ""', 'rate: float = 1'), expect: told('RATE', '', 'a number')},
    'another word': {
      ...project('MODE = "prod"', 'mode: Literal["dev", "production"] = "dev"'),
      expect: told('MODE', 'prod', 'one of dev, production'),
    },
    'the name of a member of an enum': {
      ...project('COLOR = "RED"', 'color: Color = Color.RED'),
      expect: told('COLOR', 'RED', 'one of red'),
    },
    'an address without its scheme': {
      ...project(
        'SHOP_URL = "shop.example"',
        'model_config = SettingsConfigDict(env_prefix="shop_")\n    url: AnyHttpUrl',
      ),
      expect: told('SHOP_URL', 'shop.example', 'an address with http:// or https://'),
    },
    'what the image sets': {
      ...project('A = "1"', 'debug: bool = False', {dockerfile: 'ENV DEBUG=release\n'}),
      expect: told('DEBUG', 'release', 'true or false', 'Dockerfile:3:1'),
    },
  },
})
