import lostUploads from '../../../checks/image/lost-uploads.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, more = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${more}`,
    'mix.exs': '{:phoenix, "~> 1.8"}',
    'package.json': '{"dependencies": {"multer": "^2"}}',
    'requirements.txt': 'Flask',
    Gemfile: 'gem "rails"',
    ...files,
  },
})
const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'
const says = (place: string, by: string, folder: string) =>
  `warning ${place} ${by} writes what users upload to ${folder}, which is in the image: each deploy begins without these files, as fly.toml mounts no volume`
const photo =
  '  @upload_directory "priv/static/uploads"\n  def store(%Plug.Upload{} = upload), do: File.cp(upload.path, @upload_directory)\n'

const rails = (root: string, more = '', files: Record<string, string> = {}) =>
  project(
    {
      Dockerfile: `FROM ruby:3.3-slim AS build\nWORKDIR /rails\nCOPY . .\nFROM ruby:3.3-slim\nWORKDIR /rails\nCOPY --from=build /rails /rails\n${more}CMD ["bin/rails", "server"]\n`,
      'config/environments/production.rb': '  config.active_storage.service = :local\n',
      'config/storage.yml': `test:\n  service: Disk\n  root: tmp\n\nlocal:\n  service: Disk\n  root: ${root}\n`,
      'app/models/user.rb': 'class User\n  has_one_attached :photo\nend\n',
      ...files,
    },
    mount,
  )

testCheck(lostUploads, {
  clean: {
    'Active Storage on the volume': rails('<%= Rails.root.join("/data", "storage") %>'),
    'Active Storage on the volume, as it is': rails('/data/storage'),
    'Active Storage where a variable says': rails('<%= ENV.fetch("STORAGE", "storage") %>'),
    'Active Storage by a link': rails('<%= Rails.root.join("storage") %>', 'RUN ln -s /data/storage /rails/storage\n'),
    'with a volume': project({'lib/shop/photo.ex': photo}, mount),
    'with object storage': project({'lib/shop/photo.ex': photo, 'mix.exs': '{:ex_aws_s3, "~> 2.0"}'}),
    'a folder that a variable names': project({
      'server.js': "const upload = multer({dest: process.env.UPLOADS || 'uploads/'})\n",
    }),
    'for a moment only': project({
      'server.js': "const upload = multer({dest: 'uploads/'})\nfs.unlinkSync(file.path)\n",
    }),
    'the folder of the system for that': project({'server.js': "const upload = multer({dest: '/tmp/uploads'})\n"}),
    'what was put aside': project({
      'main.py': 'from flask import Flask\napp = Flask(__name__)\n',
      'server_old.py': 'from flask import Flask\napp.config["UPLOAD_FOLDER"] = "uploads"\n',
    }),
    'static files that nobody uploads': project({'lib/shop/assets.ex': '  @folder "priv/static/images"\n'}),
    'Active Storage that no model uses': project({
      'config/environments/production.rb': 'config.active_storage.service = :local\n',
      'config/storage.yml': 'local:\n  service: Disk\n  root: storage\n',
      'app/models/user.rb': 'class User\nend\n',
    }),
  },
  flagged: {
    'Active Storage beside the volume': {
      ...rails('<%= Rails.root.join("storage", "files") %>'),
      expect: [
        'warning config/storage.yml:7:3 Active Storage writes what users upload to /rails/storage/files, which is in the image: each deploy begins without these files, as fly.toml mounts its volume at /data',
      ],
    },
    Phoenix: {
      ...project({'lib/shop/photo.ex': photo}),
      expect: [says('lib/shop/photo.ex:1:3', 'Plug.Upload', 'priv/static/uploads')],
    },
    multer: {
      ...project({
        'server.js':
          "const storage = multer.diskStorage({\n  destination: (req, file, cb) => cb(null, 'uploads/'),\n})\n",
      }),
      expect: [says('server.js:2:3', 'multer', 'uploads/')],
    },
    Flask: {
      ...project({'app.py': 'from flask import Flask\napp.config["UPLOAD_FOLDER"] = "static/uploads"\n'}),
      expect: [says('app.py:2:1', 'Flask', 'static/uploads')],
    },
    'Active Storage': {
      ...project({
        'config/environments/production.rb': '  config.active_storage.service = :local\n',
        'config/storage.yml': 'local:\n  service: Disk\n  root: storage\n',
        'app/models/user.rb': 'class User\n  has_one_attached :photo\nend\n',
      }),
      expect: [says('config/environments/production.rb:1:3', 'Active Storage', 'storage')],
    },
  },
})
