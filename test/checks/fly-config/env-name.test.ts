import envName from '../../../checks/fly-config/env-name.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

const settings = (env: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${env}\n`,
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n',
    'main.py':
      'from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    IMAGE_STORAGE_BUCKET: str | None = None\n    image_storage_account_name: str | None = None\n\n\nsettings = Settings()\n',
    ...files,
  },
})

testCheck(envName, {
  clean: {
    'the other name is set, too': settings('IMAGE_STORAGE_ACCOUNT = "shop"\nIMAGE_STORAGE_ACCOUNT_NAME = "shop"'),
    'a script reads it': settings('IMAGE_STORAGE_ACCOUNT = "shop"', {
      'start.sh': 'az login --account "$IMAGE_STORAGE_ACCOUNT"\n',
    }),
    'what a library reads of its own accord': settings('OTEL_EXPORTER_OTLP_ENDPOINT = "https://otel.shop"', {
      'traces.py': 'import os\n\nurl = os.environ.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")\n',
    }),
    'another short word': settings('IMAGE_STORAGE_GET_TIMEOUT = "5"', {
      'times.py': 'import os\n\ntimeout = os.environ.get("IMAGE_STORAGE_SET_TIMEOUT")\n',
    }),
    'another name': settings('IMAGE_STORAGE_REGION_CODE = "eu"'),
    'what a runtime reads': toml('[env]\nASPNETCORE_URLS = "http://+:8080"\nDATABASE_URL = "x"'),
    'a name beside it, which is set, too': toml('[env]\nNODE_ENV = "x"\nNODE_ENVS = "y"'),
    'a name that the code has': {
      files: {'fly.toml': '[env]\nDATABASE_URLS = "x"\n', 'app.py': 'class Settings:\n  database_urls: str\n'},
    },
    'a name for an image whose code is not here': toml('[build]\nimage = "x"\n[env]\nDATABASE_URLS = "x"'),
    'another word': toml('[env]\nDATABASE_URI = "x"'),
    'names that are counted': toml('[env]\nDATABASE_URL2 = "x"'),
    'names of the app': toml('[env]\nPORT = "8080"\nREGION = "fra"'),
    'dots, which Java and Elasticsearch read': toml('[env]\n"discovery.type" = "single-node"'),
    'the region twice, and the same': toml('primary_region = "fra"\n[env]\nPRIMARY_REGION = "fra"'),
    'the region here alone': toml('[env]\nPRIMARY_REGION = "fra"'),
    'another name that begins like theirs': toml('[env]\nFLYWAY_URL = "jdbc:x"\nconstructor = "x"'),
  },
  flagged: {
    'a word that the settings do not have': {
      ...settings('IMAGE_STORAGE_BLOB_BUCKET = "uploads"'),
      expect: [
        'warning fly.toml:3:1 nothing reads IMAGE_STORAGE_BLOB_BUCKET: it is nearly IMAGE_STORAGE_BUCKET, which is not set',
      ],
    },
    'a word that the settings have': {
      ...settings('IMAGE_STORAGE_ACCOUNT = "shop"'),
      expect: [
        'warning fly.toml:3:1 nothing reads IMAGE_STORAGE_ACCOUNT: it is nearly IMAGE_STORAGE_ACCOUNT_NAME, which is not set',
      ],
    },
    'a letter of a word that the code has': {
      ...settings('IMAGE_STORAGE_BICKET = "uploads"'),
      expect: [
        'warning fly.toml:3:1 nothing reads IMAGE_STORAGE_BICKET: it is nearly IMAGE_STORAGE_BUCKET, which is not set',
      ],
    },
    'a letter too much': {
      ...toml('[build]\nimage = "x"\n[env]\nASPNETCORE_URLSD = "http://+:8080"'),
      expect: ['warning fly.toml:4:1 nothing reads ASPNETCORE_URLSD: it is nearly ASPNETCORE_URLS, which is not set'],
    },
    'two letters that changed places': {
      ...toml('[env]\nDATABSAE_URL = "x"'),
      expect: ['warning fly.toml:2:1 nothing reads DATABSAE_URL: it is nearly DATABASE_URL, which is not set'],
    },
    'variables of Fly': {
      ...toml('[env]\nFLY_REGION = "fra"\nFLY_ENV = "staging"'),
      expect: [
        'warning fly.toml:2:1 Fly.io sets FLY_REGION in every machine, so this value is lost or hides the real one',
        'info fly.toml:3:1 FLY_ENV begins with FLY_, which Fly.io keeps for its own variables',
      ],
    },
    'the region twice, and another': {
      ...toml('primary_region = "fra"\n[env]\nPRIMARY_REGION = "ams"'),
      expect: ['warning fly.toml:3:1 PRIMARY_REGION will be "fra", not "ams": primary_region replaces it'],
    },
    'the sign of the release command': {
      ...toml('[env]\nRELEASE_COMMAND = "1"'),
      expect: [
        'warning fly.toml:2:1 RELEASE_COMMAND tells the release command from the app; set here, it is in every machine',
      ],
    },
    'names that are none': {
      ...toml('[env]\n"A=B" = "x"\n"" = "x"\n"MY VAR" = "x"'),
      expect: [
        'warning fly.toml:2:1 "A=B" is no name that an environment variable can have',
        'warning fly.toml:3:1 "" is no name that an environment variable can have',
        'warning fly.toml:4:1 "MY VAR" is no name that an environment variable can have',
      ],
    },
  },
})
