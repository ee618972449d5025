import check from '../../../checks/python/import-memory.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, vm = '[[vm]]\nmemory = "256mb"\n', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${vm}`,
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nRUN pip install torch\nCOPY . .\nCMD ["python", "main.py"]\n',
    'main.py': code,
    ...more,
  },
})
const told = (at: string, module = 'torch', by = 'CMD') =>
  `warning fly.toml:${at} ${by} starts what imports ${module}, which takes 240 MB or more by that alone, and the machine has 256 MB: Linux kills it while it starts`

testCheck(check, {
  clean: {
    'more memory': project('import torch\n', '[[vm]]\nmemory = "512mb"\n'),
    'a size that has more': project('import torch\n', '[[vm]]\nsize = "shared-cpu-4x"\n'),
    swap: project('import torch\n', 'swap_size_mb = 512\n[[vm]]\nmemory = "256mb"\n'),
    'machines that keep their size': project('import torch\n', ''),
    'imported where it is used': project('def embed():\n    import torch\n'),
    'imported if it is there': project('try:\n    import torch\nexcept ImportError:\n    torch = None\n'),
    'a module of the project': project('import whisper\n', undefined, {'whisper.py': ''}),
    'another group': project(
      'print(1)\n',
      '[processes]\nweb = "python main.py"\nworker = "python worker.py"\n[[vm]]\nmemory = "256mb"\nprocesses = ["web"]\n[[vm]]\nmemory = "2gb"\nprocesses = ["worker"]\n',
      {'worker.py': 'import torch\n'},
    ),
  },
  flagged: {
    'the memory that is written': {...project('import torch\n'), expect: [told('3:1')]},
    'the least size, by its name': {
      ...project('from sentence_transformers import SentenceTransformer\n', '[[vm]]\nsize = "shared-cpu-1x"\n'),
      expect: [told('3:1', 'sentence_transformers')],
    },
    'a module that is imported': {
      ...project('import search\n', undefined, {'search.py': 'import torch\n'}),
      expect: [told('3:1')],
    },
  },
})
