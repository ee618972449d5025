import dotenvSettings from '../../../checks/image/dotenv-settings.ts'
import {testCheck} from '../../harness.ts'

const settings = (config: string, fields = '    database_url: str\n') =>
  `from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n${fields}    ${config}\n`
const project = (text: string, more: Record<string, string> = {}, copy = 'COPY . .\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${copy}`,
    'settings.py': text,
    '.env.example': 'DATABASE_URL=x\nVITE_URL=y\nVITE_KEY=z\n',
    ...more,
  },
})
const reads = 'model_config = SettingsConfigDict(env_file=".env")'

testCheck(dotenvSettings, {
  clean: {
    'left out': project(settings(reads), {'.dockerignore': '.env*\n'}),
    'not copied': project(settings(reads), {}, 'COPY settings.py .\n'),
    'other names are passed over': project(
      settings('model_config = SettingsConfigDict(env_file=".env", extra="ignore")'),
    ),
    'no file is read': project(settings('model_config = SettingsConfigDict(case_sensitive=True)')),
    'it has all names': project(
      settings(reads, '    database_url: str\n    vite_url: str\n    key: str = Field(alias="VITE_KEY")\n'),
    ),
    'version 1 of pydantic': project(settings(reads).replace('pydantic_settings', 'pydantic')),
    'taken away again': project(settings(reads), {}, 'COPY . .\nRUN rm -f .env\n'),
  },
  flagged: {
    'an example has other names': {
      ...project(settings(reads)),
      expect: [
        'warning settings.py:6:5 Settings reads .env and refuses names that it does not have, such as VITE_URL and 1 more of .env.example: a .env in the working directory gets into the image and ends the app',
      ],
    },
    'in the old form': {
      ...project(settings('class Config:\n        env_file = ".env"'), {'.env.example': 'VITE_URL=y\n'}),
      expect: [
        'warning settings.py:7:9 Settings reads .env and refuses names that it does not have, such as VITE_URL of .env.example: a .env in the working directory gets into the image and ends the app',
      ],
    },
  },
})
