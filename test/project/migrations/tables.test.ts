/** What the migrations of Rails and Laravel do to the tables; those of Ecto are in the tests of the checks. */
import {describe, expect, it} from 'vitest'
import {TextFile} from '../../../src/project/files/text.ts'
import {laravelSteps} from '../../../src/project/migrations/tables/laravel-steps.ts'
import {railsSteps} from '../../../src/project/migrations/tables/rails-steps.ts'
import {tableFaults} from '../../../src/project/migrations/tables/replay-tables.ts'

/** `file:line kind table[.column]` of each fault. */
const told = (stepsOf: typeof railsSteps, texts: readonly string[]): string[] =>
  tableFaults(texts.flatMap((text, index) => stepsOf(new TextFile(`${index + 1}`, '', text)) ?? [])).map(
    ({kind, table, column, at}) => `${at.file}:${at.line} ${kind} ${table}${column === undefined ? '' : `.${column}`}`,
  )

/** Each is the body of change, and begins on line 3. */
const rails = (...bodies: string[]) =>
  told(
    railsSteps,
    bodies.map((body) => `class M < ActiveRecord::Migration[8.0]\n  def change\n${body}\n  end\nend\n`),
  )
/** Each is the body of up(), and begins on line 3. */
const laravel = (bodies: string[], version?: number) =>
  told(
    (file) => laravelSteps(file, version),
    bodies.map((body) => `return new class extends Migration {\n  public function up(): void {\n${body}\n  }\n};\n`),
  )

describe('Rails', () => {
  const orders = 'create_table :orders do |t|\n  t.string :title, :note, null: false\n  t.timestamps\nend'
  it.each([
    ['one after the other', [orders, 'add_column :orders, :price, :integer', 'add_index :orders, [:price, :title]']],
    ['what a table has of itself', [orders, 'add_index :orders, %i[id created_at]', 'add_index :orders, :updated_at']],
    [
      'a column that change_table gives another name',
      [
        orders,
        'change_table :orders do |t|\n  t.rename :id, :number\n  t.rename :note, :id\nend\nremove_column :orders, :number\nadd_index :orders, :id',
      ],
    ],
    [
      'a column that something unread of change_table may make',
      [orders, 'change_table :orders do |t|\n  t.audited\nend\nadd_index :orders, :audited_at'],
    ],
    [
      'a reference',
      [orders, 'create_table :items do |t|\n  t.references :order, foreign_key: true\n  t.index [:order_id]\nend'],
    ],
    ['a polymorphic one', [orders, 'add_reference :orders, :owner, polymorphic: true\nadd_index :orders, :owner_type']],
    [
      'options in the old style',
      [
        'create_table(:roles) do |t|\n  t.references :resource, :polymorphic => true\nend',
        'add_index(:roles, [ :resource_type, :resource_id ])',
        'create_table :roles, :force => true do |t|\n  t.string :a\nend',
      ],
    ],
    ['a column of its new name', [orders, 'rename_column :orders, :title, :name', 'add_column :orders, :title, :text']],
    [
      'a table of its new name',
      [orders, 'rename_table :orders, :sales', 'add_column :sales, :price, :integer', orders],
    ],
    ['a column that may be there', [orders, 'add_column :orders, :title, :text, if_not_exists: true']],
    ['in a condition', [orders, 'unless column_exists?(:orders, :title)\n  add_column :orders, :title, :text\nend']],
    ['behind a condition', [orders, 'add_column :orders, :title, :text unless column_exists?(:orders, :title)']],
    [
      'SQL that changes the table',
      [orders, 'execute "ALTER TABLE orders DROP COLUMN title"', 'add_column :orders, :title, :text'],
    ],
    ['a table that is made anew', [orders, 'create_table :orders, force: true do |t|\n  t.string :a\nend']],
    ['a column by a helper', ['create_table :orders do |t|\n  t.audited\nend', 'add_index :orders, :author']],
    ['a plural that is none of the plain ones', [orders, 'add_reference :orders, :person, foreign_key: true']],
    ['a list over several lines', ['create_table :a do |t|\n  t.string :b,\n    null: false\nend', 'add_index :a, :b']],
    ['a comment', [orders, '# add_column :orders, :title, :text']],
    ['a migration that was begun on a database', ['add_column :orders, :title, :text']],
  ])('is silent: %s', (_, bodies) => expect(rails(...bodies)).toEqual([]))
  it.each([
    ['a table twice', [orders, orders], ['2:3 made orders']],
    ['a column twice', [orders, 'add_column :orders, :note, :text'], ['2:3 added orders.note']],
    [
      'a column that timestamps made',
      [orders, 'add_column :orders, :created_at, :datetime'],
      ['2:3 added orders.created_at'],
    ],
    ['one in change_table', [orders, 'change_table :orders do |t|\n  t.text :title\nend'], ['2:4 added orders.title']],
    ['a table that is made later', ['add_column :orders, :a, :text', orders], ['1:3 later orders']],
    [
      'a reference to one',
      ['create_table :items do |t|\n  t.references :order, foreign_key: true\nend', orders],
      ['1:4 later orders'],
    ],
    ['a table that is nowhere', [orders, 'add_foreign_key :orders, :carts'], ['2:3 missing carts']],
    ['an index of no column', [orders, 'add_index :orders, [:title, :number]'], ['2:3 no column orders.number']],
    [
      'the old name of one that change_table renames',
      [orders, 'change_table :orders do |t|\n  t.rename :note, :text\nend', 'add_index :orders, :note'],
      ['3:3 no column orders.note'],
    ],
    [
      'a column that goes twice',
      [orders, 'remove_column :orders, :note', 'remove_column :orders, :note, :string'],
      ['3:3 no column orders.note'],
    ],
  ])('is told: %s', (_, bodies, faults) => expect(rails(...bodies)).toEqual(faults))
})

describe('Laravel', () => {
  const table = (verb: string, name: string, lines: string) =>
    `Schema::${verb}('${name}', function (Blueprint $table) {\n${lines}\n});`
  const orders = table('create', 'orders', "$table->id();\n$table->string('title')->nullable();\n$table->timestamps();")
  it.each([
    [
      'one after the other',
      [orders, table('table', 'orders', "$table->integer('price')->after('title');\n$table->index(['price', 'id']);")],
    ],
    [
      'a key to a table before',
      [orders, table('create', 'items', "$table->foreignId('order_id')->constrained()->cascadeOnDelete();")],
    ],
    ['a column that is changed', [orders, table('table', 'orders', "$table->text('title')->change();")]],
    [
      'a column that was dropped',
      [
        orders,
        table('table', 'orders', "$table->dropColumn(['title']);"),
        table('table', 'orders', "$table->text('title');"),
      ],
    ],
    ['what asks first', [orders, `if (!Schema::hasTable('orders')) {\n${orders}\n}`]],
    ['a table that was dropped', [orders, "Schema::dropIfExists('orders');", orders]],
    ['another connection', [orders, orders.replace('Schema::', "Schema::connection('logs')->")]],
    ['in a text', [orders, `DB::table('notes')->insert(['text' => "Schema::create('orders')"]);`]],
    [
      'columns that a loop makes',
      [
        orders,
        table('table', 'orders', "foreach (['a'] as $name) {\n$table->string($name);\n}"),
        table('table', 'orders', "$table->index('a');"),
      ],
    ],
  ])('is silent: %s', (_, bodies) => expect(laravel(bodies)).toEqual([]))
  it.each([
    ['a table twice', [orders, orders], ['2:3 made orders']],
    ['a column twice', [orders, table('table', 'orders', "$table->text('title');")], ['2:4 added orders.title']],
    [
      'a key to a table that is made later',
      [table('create', 'items', "$table->foreignId('order_id')->constrained();"), orders],
      ['1:4 later orders'],
    ],
    [
      'one that says which',
      [
        table(
          'create',
          'items',
          "$table->unsignedBigInteger('a');\n$table->foreign('a')->references('id')->on('orders');",
        ),
        orders,
      ],
      ['1:5 later orders'],
    ],
    ['a table that is made later', [table('table', 'orders', "$table->text('a');"), orders], ['1:3 later orders']],
    [
      'an index of no column',
      [orders, table('table', 'orders', "$table->unique('number');")],
      ['2:4 no column orders.number'],
    ],
  ])('is told: %s', (_, bodies, faults) => expect(laravel(bodies)).toEqual(faults))

  it('what a table drops and adds again: in their order from 11 on, the added first before', () => {
    const again = [orders, table('table', 'orders', "$table->dropColumn('title');\n$table->text('title');")]
    expect(laravel(again, 12)).toEqual([])
    expect(laravel(again, 10)).toEqual(['2:5 added orders.title'])
    expect(laravel(again)).toEqual([])
    const renamed = [orders, table('table', 'orders', "$table->renameColumn('title', 'name');\n$table->text('title');")]
    expect(laravel(renamed, 11)).toEqual([])
    const early = [orders, table('table', 'orders', "$table->index('price');\n$table->integer('price');")]
    expect(laravel(early, 11)).toEqual(['2:4 no column orders.price'])
    expect(laravel(early, 10)).toEqual([])
    expect(laravel(early)).toEqual([])
  })
})
