import check from '../../../checks/image/ruby-constants.ts'
import {testCheck} from '../../harness.ts'

const shop = (files: Record<string, string>, {env = 'production', eager = 'true'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ruby:3.4-slim\nWORKDIR /rails\nENV RAILS_ENV=${env}\nCOPY . .\nRUN bundle install\nCMD ["./bin/rails", "server"]\n`,
    'Gemfile.lock': 'GEM\n  specs:\n    railties (8.0.3)\n    zeitwerk (2.7.3)\n',
    'bin/rails': '',
    'config/application.rb':
      'require "rails/all"\nmodule Shop\n  class Application < Rails::Application\n    config.autoload_lib(ignore: %w[assets tasks])\n    # config.eager_load_paths << Rails.root.join("extras")\n  end\nend\n',
    'config/environments/production.rb': `Rails.application.configure do\n  config.eager_load = ${eager}\nend\n`,
    'config/initializers/inflections.rb':
      '# ActiveSupport::Inflector.inflections(:en) do |inflect|\n#   inflect.acronym "RESTful"\n# end\n',
    'app/models/cart.rb': 'class Cart < ApplicationRecord\nend\n',
    ...files,
  },
})
const says = (file: string, what: string, constant: string, line = 1) =>
  `error ${file}:${line}:1 ${file} ${what}, and Zeitwerk expects it to define ${constant}: Rails stops as it starts`

testCheck(check, {
  clean: {
    'all as they are called': shop({
      'app/services/payments/charge.rb': 'module Payments\n  class Charge\n  end\nend\n',
      'app/controllers/concerns/current_cart.rb': 'module CurrentCart\n  extend ActiveSupport::Concern\nend\n',
      'app/jobs/oauth2_token_job.rb': 'class OAuth2TokenJob < ApplicationJob\nend\n',
      'app/models/point.rb': 'Point = Struct.new(:x, :y)\n',
    }),
    'an acronym': shop({
      'app/services/html_parser.rb': 'class HTMLParser\nend\n',
    }),
    'inflections of ones own': shop({
      'app/models/cart.rb': 'class Carts\nend\n',
      'config/initializers/inflections.rb': 'Rails.autoloaders.each { |a| a.inflector.inflect("cart" => "Carts") }\n',
    }),
    'a folder that is left out': shop({
      'app/models/extensions/string.rb': 'class Text\nend\n',
      'config/application.rb': 'Rails.autoloaders.main.ignore(Rails.root.join("app/models/extensions"))\n',
    }),
    'a folder of a gem': shop({'app/admin/orders.rb': 'ActiveAdmin.register Order do\nend\n'}),
    'defined without a word of it': shop({
      'app/models/kinds.rb': 'class Other\nend\nObject.const_set(:"Ki" "nds", [])\n',
    }),
    'a script of another kind': shop({'app/models/setup.rb': 'puts "hello"\n'}),
    'not in production': shop({'app/models/cart.rb': 'class Basket\nend\n'}, {env: 'staging'}),
    'not loaded at the start': shop({'app/models/cart.rb': 'class Basket\nend\n'}, {eager: 'false'}),
    'not in the image': shop({'app/models/cart.rb': 'class Basket\nend\n', '.dockerignore': 'app/models/cart.rb\n'}),
  },
  flagged: {
    'a class of another name': {
      ...shop({
        'app/models/cart.rb': '# The cart: a Cart.\nclass ShoppingCart < ApplicationRecord\n  belongs_to :cart\nend\n',
      }),
      expect: [says('app/models/cart.rb', 'defines ShoppingCart', 'Cart', 2)],
    },
    'a file of another name': {
      ...shop({'app/services/payments/charges.rb': 'module Payments\n  class Charge\n  end\nend\n'}),
      expect: [says('app/services/payments/charges.rb', 'defines Payments', 'Payments::Charges')],
    },
    'an empty file': {
      ...shop({'app/helpers/orders_helper.rb': '# frozen_string_literal: true\n'}),
      expect: [says('app/helpers/orders_helper.rb', 'is empty', 'OrdersHelper')],
    },
  },
})
