import coveredFolder from '../../../checks/image/covered-folder.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, {code = '', env = 'DB = "sqlite:////data/db/shop.db"', mount = '/data'} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n  ${env}\n[[mounts]]\n  source = "data"\n  destination = "${mount}"\n`,
    Dockerfile: `FROM python:3.12\nWORKDIR /app\nCOPY main.py .\n${run}\nCMD ["python", "main.py"]\n`,
    'main.py': code,
  },
})

testCheck(coveredFolder, {
  clean: {
    'the folder of the volume itself': project('RUN mkdir -p /data', {env: 'DB = "/data/shop.db"'}),
    'a folder that no variable names': project('RUN mkdir -p /data/uploads'),
    'a name that only begins alike': project('RUN mkdir -p /data/d'),
    'a folder that the code may make': project('RUN mkdir -p /data/db', {code: 'os.makedirs(folder, exist_ok=True)\n'}),
    'a folder beside the volume': project('RUN mkdir -p /data/db', {mount: '/store'}),
    'a folder whose name is a variable': project('RUN mkdir -p /data/$NAME'),
    'made when the machine starts': {
      files: {
        ...project('COPY start.sh .').files,
        Dockerfile:
          'FROM python:3.12\nWORKDIR /app\nCOPY main.py start.sh ./\nRUN mkdir -p /data/db\nCMD ["sh", "start.sh"]\n',
        'start.sh': 'mkdir -p /data/db\nexec python main.py\n',
      },
    },
  },
  flagged: {
    'the folder of a database': {
      ...project('RUN mkdir -p /var/cache/shop /data/db && chmod 777 /data/db'),
      expect: [
        'warning Dockerfile:4:1 RUN makes /data/db, which DB names, and a volume is mounted over it at /data: a new volume has no such folder, and nothing is seen that makes it',
      ],
    },
    'from WORKDIR, by a variable of the image': {
      ...project('RUN mkdir -p store/db\nENV STORE=/app/store/db', {env: 'A = "1"', mount: '/app/store'}),
      expect: [
        'warning Dockerfile:4:1 RUN makes /app/store/db, which STORE names, and a volume is mounted over it at /app/store: a new volume has no such folder, and nothing is seen that makes it',
      ],
    },
  },
})
