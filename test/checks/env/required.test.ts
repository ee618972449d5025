import required from '../../../checks/env/required.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, toml = '', offline = true) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`, ...files},
  options: {offline},
})
const python = (code: string) => ({'app.py': code})
const settings = (body: string) =>
  python(`from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n${body}\n`)

testCheck(required, {
  clean: {
    'a default': project(python('import os\nos.getenv("KEY", "x")\nos.environ.get("OTHER")\n')),
    'Fly.io tells which secrets are set: live/required-secrets': project(
      python('import os\nos.environ["KEY"]\n'),
      '',
      false,
    ),
    '[env] sets it': project(python('import os\nos.environ["KEY"]\n'), '[env]\nKEY = "x"\n'),
    'Fly.io sets it': project(python('import os\nos.environ["FLY_APP_NAME"]\n')),
    'the image sets it': project({
      ...python('import os\nos.environ["KEY"]\n'),
      Dockerfile: 'FROM python:3.12\nENV KEY=x\nCOPY . .\n',
    }),
    'a workflow sets the secret': project({
      ...python('import os\nos.environ["KEY"]\n'),
      '.github/workflows/deploy.yml': 'run: |\n  flyctl secrets set \\\n    OTHER=1 \\\n    KEY="$KEY"\n',
    }),
    'fields with defaults': project(
      settings(
        '    a: str = "x"\n    b: str = Field(default="x")\n    c: str = Field("x", alias="KEY")\n    d: list = Field(default_factory=list)',
      ),
    ),
    'a key that is optional': project({
      'env.ts':
        'export const env = z.object({\n  KEY: z.string().optional(),\n  OTHER: z.coerce.number().default(3),\n}).parse(process.env)\n',
    }),
    'a schema of something else': project({
      'form.ts': 'export const form = z.object({\n  NAME: z.string(),\n}).parse(request.body)\n',
    }),
    'in JavaScript it may be undefined': project({'a.js': 'connect(process.env.KEY)\n'}),
  },
  flagged: {
    'one variable': {
      ...project(python('import os\nKEY = os.environ["KEY"]\n')),
      expect: [
        'info app.py:2:7 KEY is read without a default, and neither [env] nor the image sets it: must be a secret',
      ],
    },
    'fields with a prefix and an alias': {
      ...project(
        settings(
          '    a: str\n    b: str = Field(...)\n    c: str = Field(alias="API_KEY", min_length=3)\n    model_config = {"env_prefix": "SHOP_"}',
        ),
      ),
      expect: [
        'info app.py:4:5 SHOP_A, SHOP_B, API_KEY are read without a default, and neither [env] nor the image sets them: must be secrets',
      ],
    },
    'python-decouple': {
      ...project(python('from decouple import config\nA = config("A")\nB = config("B", default=1)\n')),
      expect: [
        'info app.py:2:5 A is read without a default, and neither [env] nor the image sets it: must be a secret',
      ],
    },
    zod: {
      ...project({
        'env.ts':
          'const schema = z.object({\n  KEY_A: z.string().min(1),\n  KEY_B: z.string().optional(),\n  KEY_C: z\n    .string()\n    .url(),\n})\nexport const env = schema.parse(process.env)\n',
      }),
      expect: [
        'info env.ts:2:3 KEY_A, KEY_C are read without a default, and neither [env] nor the image sets them: must be secrets',
      ],
    },
    envalid: {
      ...project({
        'env.js':
          'module.exports = cleanEnv(process.env, {\n  KEY_A: str(),\n  KEY_B: port({default: 3000}),\n  KEY_C: str({devDefault: "x"}),\n})\n',
      }),
      expect: [
        'info env.js:2:3 KEY_A, KEY_C are read without a default, and neither [env] nor the image sets them: must be secrets',
      ],
    },
    'a script': {
      ...project({'start.sh': '#!/bin/sh\n: "${KEY:?is missing}"\n'}),
      expect: [
        'info start.sh:2:4 KEY is read without a default, and neither [env] nor the image sets it: must be a secret',
      ],
    },
  },
})
