import execForm from '../../../checks/image/exec-form.ts'
import {testCheck} from '../../harness.ts'

const project = (lines: string, toml = '', from = 'python:3.13-slim', more: Record<string, string> = {}) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`, Dockerfile: `FROM ${from}\nCOPY . .\n${lines}\n`, ...more},
})
const cmd = 'CMD ["uvicorn", "main:app", "--port", "$PORT"]'

testCheck(execForm, {
  clean: {
    'a value with a blank of another option': project('CMD ["supercronic", "-c", "--log stdout"]'),
    'a value with a blank behind an equals sign': project('CMD ["./shop", "--title=My shop"]'),
    'a value': project('CMD ["uvicorn", "main:app", "--port", "8080"]'),
    'without brackets': project('CMD uvicorn main:app --port $PORT'),
    'a shell in the brackets': project('CMD ["sh", "-c", "uvicorn main:app --port $PORT"]'),
    'a shell that another program starts': project(
      'CMD ["tini", "--", "bash", "-lc", "uvicorn main:app --port $PORT"]',
    ),
    'arguments of a program of Java': project('CMD ["java", "-jar", "app.jar", "$NAME"]', '', 'eclipse-temurin:21-jre'),
    'the value of an option of Java': project(
      'CMD ["java", "-cp", "$CLASSES", "-jar", "app.jar"]',
      '',
      'eclipse-temurin:21-jre',
    ),
    'a program that fills it in': project('CMD ["envsubst", "$PORT"]'),
    'Spring, which reads its own': project(
      'CMD ["java", "-Dserver.port=${PORT}", "-jar", "shop.jar"]',
      '',
      'eclipse-temurin:21-jre',
    ),
    'a script before it': project(`ENTRYPOINT ["./start.sh"]\n${cmd}`, '', 'python:3.13-slim', {
      'start.sh': '#!/bin/sh\neval exec "$@"\n',
    }),
    'the command of every group is another one': project(cmd, '[processes]\napp = "uvicorn main:app --port 8080"\n'),
    'a base whose entrypoint is not known': project(cmd, '', 'example.com/base'),
    'a pattern that a shell reads': project('CMD java -jar target/*.jar', '', 'eclipse-temurin:21-jre'),
    'a pattern for the path of classes, which Java fills in': project(
      'CMD ["java", "-cp", "lib/*", "-jar", "shop.jar"]',
      '',
      'eclipse-temurin:21-jre',
    ),
    'a pattern for a program of its own': project('CMD ["./watch", "src/*.html"]'),
    'a shell with a line that reads its arguments': project(
      'CMD ["sh", "-c", "exec \\"$@\\"", "shop", "uvicorn", "main:app"]',
    ),
    'a shell with a line, and a name for it': project('CMD ["sh", "-c", "uvicorn main:app", "shop"]'),
    'a shell with one word': project('CMD ["sh", "-c", "./start.sh"]'),
    money: project('CMD ["python", "shop.py", "--price", "5$"]'),
  },
  flagged: {
    'a shell with each word apart': {
      ...project('CMD ["bash", "-c", "poetry", "run", "gunicorn", "shop:app"]'),
      expect: [
        'error Dockerfile:3:1 CMD gives bash only the word poetry to run, since in brackets each word is one of its own: run gunicorn shop:app is left over, and nothing reads it',
      ],
    },
    'a shell with a script and words behind it': {
      ...project('CMD ["tini", "--", "sh", "-c", "./start.sh", "web"]'),
      expect: [
        'warning Dockerfile:3:1 CMD gives sh only the word ./start.sh to run, since in brackets each word is one of its own: web is left over, and nothing reads it',
      ],
    },
    'an option and its value in one word': {
      ...project('ENTRYPOINT ["./shop", "api", "--log stdout", "--debug"]'),
      expect: [
        'warning Dockerfile:3:1 ENTRYPOINT gives shop "--log stdout" as one argument, since in brackets no shell splits it: --log with its value behind a blank is no option',
      ],
    },
    'options of Java in a variable': {
      ...project('ENTRYPOINT ["java", "-Xss512k", "$JAVA_OPTS", "-jar", "app.jar"]', '', 'eclipse-temurin:21-jre'),
      expect: [
        'error Dockerfile:3:1 ENTRYPOINT gives java the text $JAVA_OPTS, since in brackets no shell fills in a variable: java takes it for the class to start, and stops',
      ],
    },
    'a pattern for an archive': {
      ...project('CMD ["java", "-Xmx300m", "-jar", "target/*.jar"]', '', 'eclipse-temurin:21-jre'),
      expect: [
        'error Dockerfile:3:1 CMD starts the archive target/*.jar, and in brackets no shell looks for what fits: Java ends with "Unable to access jarfile"',
      ],
    },
    'a port': {
      ...project(cmd),
      expect: [
        'error Dockerfile:3:1 CMD gives uvicorn the text $PORT, since in brackets no shell fills in a variable: uvicorn stops, as that is no number',
      ],
    },
    'an option that takes no number': {
      ...project('CMD ["celery", "-A", "shop", "worker", "-b", "$BROKER_URL"]'),
      expect: [
        'warning Dockerfile:3:1 CMD gives celery the text $BROKER_URL, since in brackets no shell fills in a variable',
      ],
    },
    'a port within a word': {
      ...project('CMD ["gunicorn", "--bind", "0.0.0.0:${PORT:-8080}", "app:app"]'),
      expect: [
        'error Dockerfile:3:1 CMD gives gunicorn the text 0.0.0.0:${PORT:-8080}, since in brackets no shell fills in a variable: gunicorn stops, as that is no number',
      ],
    },
    'a program that may do something with it': {
      ...project('ENTRYPOINT ["node", "server.js", "--env", "$NODE_ENV"]', '', 'node:22'),
      expect: [
        'warning Dockerfile:3:1 ENTRYPOINT gives node the text $NODE_ENV, since in brackets no shell fills in a variable',
      ],
    },
  },
})
