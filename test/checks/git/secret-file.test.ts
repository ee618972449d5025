import secretFile from '../../../checks/git/secret-file.ts'
import {testCheck} from '../../harness.ts'

const git = '# branch.oid 3f0c7a1d9be84c25f6a7b8c9d0e1f2a3b4c5d6e7\n# branch.head main\n'
const env = 'PORT=8080\nAPI_KEY=f81d4fae7dec11d0a76500a0c91e6bf6\n'
const project = (files: Record<string, string>, more = '') => ({
  files: {'fly.toml': 'app = "shop"\n', ...files},
  git: git + more,
})

testCheck(secretFile, {
  clean: {
    'an example': project({'.env.example': env}),
    'not in git': project({'.env': env}, '? .env\n'),
    'in a folder that is not in git': project({'deploy/.env': env}, '? deploy/\n'),
    'no secrets': project({'.env': 'PORT=8080\nAPI_URL=https://example.com/v1\n'}),
    'values that stand for one': project({'.env': 'API_KEY=your-api-key-goes-here-123\nJWT_SECRET=$OTHER\n'}),
    'values that say that they are made up': project({
      '.env.staging': 'TWILIO_AUTH_TOKEN=test-auth-token-32-characters-long\nWEBHOOK_SECRET=fake_9f8e7d6c5b4a3210\n',
    }),
    'the database of docker compose': project({'.env': 'DATABASE_URL=postgres://shop:shop123@localhost:5432/shop\n'}),
    'a key that everybody may see': project({'.env': 'STRIPE_PUBLISHABLE_KEY=f81d4fae7dec11d0a76500a0c91e6bf6\n'}),
    'what a build writes into the pages': project({
      '.env':
        'REACT_APP_FIREBASE_API_KEY=AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q\nRECAPTCHA_SITE_KEY=6Lc9f81d4fae7dec11d0\n',
    }),
    'a schema, with values for whoever develops': project({
      '.env.schema': env,
      '.env': 'SESSION_SECRET="super-duper-s3cret"\n',
    }),
    'encrypted, as dotenvx and sops do it': project({
      '.env': 'API_KEY="encrypted:BOvsFEql2ctlS0gemp5D07OCbMharyB"\nMAIL_TOKEN=ENC[AES256_GCM,data:k3aXq9,type:str]\n',
    }),
    'of the tests': project({'tests/.env': env, '.env.test': env, '.env.e2e': env}),
  },
  flagged: {
    'the .env of Symfony, which stays in git': {
      ...project({'.env': 'APP_SECRET=f81d4fae7dec11d0a76500a0c91e6bf6\n', 'symfony.lock': '{}'}),
      expect: ['warning .env:1:1 .env is in git and holds APP_SECRET, for everybody who can read the repository'],
    },
    'a .env': {
      ...project({'.env': env}),
      expect: ['warning .env:2:1 .env is in git and holds API_KEY, for everybody who can read the repository'],
    },
    'a key that costs money, in the pages, too': {
      ...project({'.env': 'VITE_OPENAI_API_KEY=sk-proj-f81d4fae7dec11d0a765\n'}),
      expect: [
        'warning .env:1:1 .env is in git and holds VITE_OPENAI_API_KEY, for everybody who can read the repository',
      ],
    },
    'one of a part of the project': {
      ...project({'api/.env.production': 'DATABASE_URL=postgres://shop:k3yB0ard9@db.internal:5432/shop\n'}),
      expect: [
        'warning api/.env.production:1:1 api/.env.production is in git and holds DATABASE_URL, for everybody who can read the repository',
      ],
    },
    'the file of secrets of preflight.toml, whatever its name': {
      ...project({'prod.secrets': env, 'preflight.toml': '[secrets]\nenv-file = "./prod.secrets"\n'}),
      expect: [
        'warning prod.secrets:2:1 prod.secrets is in git and holds API_KEY, for everybody who can read the repository',
      ],
    },
  },
  skipped: {
    'no repository': {files: {'fly.toml': 'app = "shop"\n', '.env': env}, reason: 'the folder is no git repository'},
  },
})
