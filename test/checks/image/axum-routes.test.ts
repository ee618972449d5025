import check from '../../../checks/image/axum-routes.ts'
import {testCheck} from '../../harness.ts'

const main = (routes: string) =>
  `use axum::{routing::get, Router};\n\n#[tokio::main]\nasync fn main() {\n    let app = Router::new()${routes};\n    axum::serve(listener().await, app).await.unwrap();\n}\n`
const project = (routes: string, version = '0.8.4', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:trixie-slim\nCOPY --from=build /src/target/release/shop /usr/local/bin/shop\nCMD ["shop"]\n',
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\n\n[dependencies]\naxum = "0.8"\n',
    'Cargo.lock': `version = 4\n\n[[package]]\nname = "axum"\nversion = "${version}"\n`,
    'src/main.rs': main(routes),
    ...files,
  },
})
const router = (path: string) =>
  `use axum::Router;\n\npub fn router() -> Router {\n    Router::new().route("${path}", get(one))\n}\n`

testCheck(check, {
  clean: {
    'braces in 0.8': project('.route("/items/{id}", get(one)).nest("/api", api()).route("/{*rest}", get(page))'),
    'signs in 0.7': project('.route("/items/:id", get(one)).route("/*rest", get(page))', '0.7.9'),
    'no parameter': project('.route("/items", get(all)).route("/", get(page))'),
    'a : within a part': project('.route("/items/{id}/note:add", get(one))'),
    'a router that takes them': project('.without_v07_checks().route("/:id", get(one))'),
    'in a comment': project('/* .route("/:id", get(one)) */'),
    'a version before 0.7': project('.route("/{id}", get(one))', '0.6.20'),
    'two versions': project('.route("/items/:id", get(one))', '0.8.4', {
      'Cargo.lock':
        'version = 4\n\n[[package]]\nname = "axum"\nversion = "0.7.9"\n\n[[package]]\nname = "axum"\nversion = "0.8.4"\n',
    }),
    'a path for the tests': project('', '0.8.4', {
      'src/items.rs': `use axum::Router;\n#[cfg(test)]\nmod tests {\n${router('/:id')}}\n`,
    }),
    'a pattern of a file that knows no axum': project('', '0.8.4', {
      'src/paths.rs': 'fn all(table: Table) { table.route("/:id", 1) }\n',
    }),
  },
  flagged: {
    'signs in 0.8, in main': {
      ...project('.route("/items/:id", get(one))'),
      expect: [
        'error src/main.rs:5:28 CMD ends at .route("/items/:id"): axum 0.8.4 panics where a part of a path begins with :',
      ],
    },
    'for all that follows, and in another file': {
      ...project('.merge(items::router())', '0.8.4', {'src/items.rs': router('/files/*path')}),
      expect: [
        'warning src/items.rs:4:18 CMD ends at .route("/files/*path"): axum 0.8.4 panics where a part of a path begins with *',
      ],
    },
    'several of them': {
      ...project('.route("/a/:id", get(one)).route("/b/:id", get(one))'),
      expect: [
        'error src/main.rs:5:28 CMD ends at .route("/a/:id"), and at 1 more: axum 0.8.4 panics where a part of a path begins with :',
      ],
    },
    'braces in 0.7': {
      ...project('.route("/items/{id}", get(one))', '0.7.9'),
      expect: [
        'warning src/main.rs:5:28 .route("/items/{id}") is for that very text: axum 0.7.9 knows no parameters in braces, and requests get 404',
      ],
    },
  },
})
