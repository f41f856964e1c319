// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/catalogue.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <mutex>
#include <utility>

namespace linchpin::serve {
namespace {

constexpr std::array<std::string_view, 6> status_names = {"queued", "running",   "done",
                                                          "failed", "cancelled", "interrupted"};

// Kept in user_version: a later layout is refused rather than misread.
constexpr int layout = 3;
constexpr char const* schema = R"(
CREATE TABLE IF NOT EXISTS runs(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL, world TEXT NOT NULL, title TEXT NOT NULL, request_hash TEXT NOT NULL,
  status TEXT NOT NULL, created TEXT NOT NULL, started TEXT NOT NULL DEFAULT '',
  ended TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '',
  request TEXT NOT NULL DEFAULT '', bytes INTEGER NOT NULL DEFAULT -1) STRICT;
CREATE INDEX IF NOT EXISTS runs_by_request ON runs(request_hash);
CREATE INDEX IF NOT EXISTS runs_by_bytes ON runs(id, status, request_hash, bytes);
PRAGMA user_version = 3;
)";
/// What makes the next layout of each one, from the first on.
constexpr std::array<char const*, layout - 1> steps = {
    "ALTER TABLE runs ADD COLUMN request TEXT NOT NULL DEFAULT '';",
    "ALTER TABLE runs ADD COLUMN bytes INTEGER NOT NULL DEFAULT -1;"};
/// All but the request, which may be large.
constexpr char const* columns =
    "id, kind, world, title, request_hash, status, created, started, ended, error";

RunStatus status_of_name(std::string_view name) noexcept {
  for (std::size_t k = 0; k < status_names.size(); ++k) {
    if (status_names[k] == name) return static_cast<RunStatus>(k);
  }
  return RunStatus::interrupted;
}

/// A prepared statement; parameters are bound, never pasted.
class Statement {
 public:
  Statement(sqlite3* database, std::string const& text) {
    sqlite3_prepare_v2(database, text.c_str(), static_cast<int>(text.size()), &statement_, nullptr);
  }
  Statement(Statement const&) = delete;
  Statement& operator=(Statement const&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  void bind(int place, std::string_view text) {
    // No copy is made: every text bound here outlives its statement.
    sqlite3_bind_text(statement_, place, text.data(), static_cast<int>(text.size()), nullptr);
  }
  void bind(int place, std::int64_t value) { sqlite3_bind_int64(statement_, place, value); }
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  [[nodiscard]] std::string text(int column) const {
    auto const* bytes = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string{} : std::string(bytes, size);
  }
  [[nodiscard]] std::int64_t number(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] RunRecord record() const {
    return {sqlite3_column_int64(statement_, 0),
            text(1),
            text(2),
            text(3),
            text(4),
            status_of_name(text(5)),
            text(6),
            text(7),
            text(8),
            text(9),
            {}};
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

std::string_view to_string(RunStatus status) noexcept {
  return status_names[static_cast<std::size_t>(status)];
}

bool has_ended(RunStatus status) noexcept {
  return status != RunStatus::queued && status != RunStatus::running;
}

struct Catalogue::Database {
  sqlite3* handle = nullptr;
  std::string file;
  std::mutex mutex;

  Database() = default;
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;
  ~Database() { sqlite3_close(handle); }

  [[nodiscard]] tl::unexpected<Error> failure() const {
    auto const* said = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
    bool const foreign = handle != nullptr && sqlite3_errcode(handle) == SQLITE_NOTADB;
    return fail(foreign ? ErrorCode::bad_format : ErrorCode::unwritable_output,
                fmt::format("the history of runs cannot be used: {}", said), file,
                "check free space and permissions, or name another folder");
  }

  Result<std::vector<RunRecord>> rows(Statement& statement) const {
    std::vector<RunRecord> records;
    int code = statement.step();
    for (; code == SQLITE_ROW; code = statement.step()) records.push_back(statement.record());
    if (code != SQLITE_DONE) return failure();
    return records;
  }

  Result<std::vector<std::int64_t>> numbers(Statement& statement) const {
    std::vector<std::int64_t> found;
    int code = statement.step();
    for (; code == SQLITE_ROW; code = statement.step()) found.push_back(statement.number(0));
    if (code != SQLITE_DONE) return failure();
    return found;
  }

  Result<void> done(Statement& statement) const {
    if (statement.step() != SQLITE_DONE) return failure();
    return {};
  }
};

Catalogue::Catalogue(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Result<Catalogue> Catalogue::open(std::filesystem::path const& file, std::string const& now) {
  auto database = std::make_unique<Database>();
  database->file = file.string();
  if (sqlite3_open(file.c_str(), &database->handle) != SQLITE_OK) return database->failure();
  sqlite3_busy_timeout(database->handle, 2000);
  auto const run = [&](char const* text) {
    return sqlite3_exec(database->handle, text, nullptr, nullptr, nullptr) == SQLITE_OK;
  };
  // Write-ahead log with full synchronisation: what was said to be done is done after a power cut.
  if (!run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")) return database->failure();
  std::int64_t found = 0;
  {
    Statement version(database->handle, "PRAGMA user_version");
    if (version.step() != SQLITE_ROW) return database->failure();
    found = version.number(0);
    if (found < 0 || found > layout) {
      return fail(
          ErrorCode::bad_format,
          fmt::format("the history of runs has layout {}, this program knows {}", found, layout),
          file.string(), "use a newer linchpin, or name another folder");
    }
  }
  // As a whole or not at all: a step that was made already could not be made again.
  if (found > 0 && found < layout) {
    std::string text = "BEGIN;";
    for (auto k = static_cast<std::size_t>(found - 1); k < steps.size(); ++k) text += steps[k];
    text += fmt::format("PRAGMA user_version = {}; COMMIT;", layout);
    if (!run(text.c_str())) return database->failure();
  }
  if (!run(schema)) return database->failure();
  {
    Statement cut(database->handle,
                  "UPDATE runs SET status = 'interrupted', ended = ? "
                  "WHERE status IN ('queued', 'running')");
    cut.bind(1, now);
    if (auto const done = database->done(cut); !done) return fail(done.error());
  }
  return Catalogue(std::move(database));
}

Result<std::int64_t> Catalogue::add(RunRecord const& record) {
  std::scoped_lock const lock(database_->mutex);
  Statement insert(database_->handle,
                   "INSERT INTO runs(kind, world, title, request_hash, status, created, started, "
                   "ended, error, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, record.kind);
  insert.bind(2, record.world);
  insert.bind(3, record.title);
  insert.bind(4, record.request_hash);
  insert.bind(5, to_string(record.status));
  insert.bind(6, record.created);
  insert.bind(7, record.started);
  insert.bind(8, record.ended);
  insert.bind(9, record.error);
  insert.bind(10, record.request);
  if (auto const done = database_->done(insert); !done) return fail(done.error());
  return sqlite3_last_insert_rowid(database_->handle);
}

Result<void> Catalogue::update(RunRecord const& record) {
  std::scoped_lock const lock(database_->mutex);
  Statement change(database_->handle,
                   "UPDATE runs SET status = ?, started = ?, ended = ?, error = ? WHERE id = ?");
  change.bind(1, to_string(record.status));
  change.bind(2, record.started);
  change.bind(3, record.ended);
  change.bind(4, record.error);
  change.bind(5, record.id);
  return database_->done(change);
}

Result<std::optional<RunRecord>> Catalogue::find(std::int64_t id) const {
  std::scoped_lock const lock(database_->mutex);
  Statement query(database_->handle, fmt::format("SELECT {} FROM runs WHERE id = ?", columns));
  query.bind(1, id);
  auto rows = database_->rows(query);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return std::optional<RunRecord>{};
  return std::optional{std::move(rows->front())};
}

Result<std::optional<RunRecord>> Catalogue::same_request(std::string const& hash) const {
  std::scoped_lock const lock(database_->mutex);
  Statement query(database_->handle,
                  fmt::format("SELECT {} FROM runs WHERE request_hash = ? AND status IN "
                              "('queued', 'running', 'done') ORDER BY id DESC LIMIT 1",
                              columns));
  query.bind(1, hash);
  auto rows = database_->rows(query);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return std::optional<RunRecord>{};
  return std::optional{std::move(rows->front())};
}

Result<std::vector<RunRecord>> Catalogue::list(std::int64_t before, int most) const {
  std::scoped_lock const lock(database_->mutex);
  Statement query(database_->handle,
                  fmt::format("SELECT {} FROM runs WHERE ?1 <= 0 OR id < ?1 ORDER BY id DESC "
                              "LIMIT ?2",
                              columns));
  query.bind(1, before);
  query.bind(2, static_cast<std::int64_t>(most));
  return database_->rows(query);
}

Result<std::string> Catalogue::request(std::int64_t id) const {
  std::scoped_lock const lock(database_->mutex);
  Statement query(database_->handle, "SELECT request FROM runs WHERE id = ?");
  query.bind(1, id);
  auto const code = query.step();
  if (code == SQLITE_DONE) return std::string{};
  if (code != SQLITE_ROW) return database_->failure();
  return query.text(0);
}

Result<std::vector<std::int64_t>> Catalogue::unmeasured() const {
  std::scoped_lock const lock(database_->mutex);
  Statement query(database_->handle,
                  "SELECT id FROM runs WHERE bytes < 0 AND status NOT IN ('queued', 'running') "
                  "ORDER BY id");
  return database_->numbers(query);
}

Result<void> Catalogue::set_bytes(std::int64_t id, std::uint64_t bytes) {
  std::scoped_lock const lock(database_->mutex);
  Statement change(database_->handle, "UPDATE runs SET bytes = ? WHERE id = ?");
  change.bind(1, static_cast<std::int64_t>(bytes));
  change.bind(2, id);
  return database_->done(change);
}

Result<std::vector<std::int64_t>> Catalogue::beyond(std::uint64_t bytes,
                                                    std::string const& spared) const {
  std::scoped_lock const lock(database_->mutex);
  // Summed from the newest on. From the index alone: what was posted, which may be long, stands
  // before the sizes in each line.
  Statement query(
      database_->handle,
      "SELECT id FROM (SELECT id, ROW_NUMBER() OVER newest AS place, "
      "SUM(MAX(bytes, 0) + 1024) OVER newest AS total FROM runs INDEXED BY runs_by_bytes "
      "WHERE status NOT IN ('queued', 'running') "
      "AND SUBSTR(request_hash, 1, LENGTH(?1)) <> ?1 "
      "WINDOW newest AS (ORDER BY id DESC)) "
      "WHERE total > ?2 AND place > 1 ORDER BY id");
  query.bind(1, spared);
  query.bind(2, static_cast<std::int64_t>(bytes));
  return database_->numbers(query);
}

Result<void> Catalogue::remove(std::int64_t id) {
  std::scoped_lock const lock(database_->mutex);
  Statement removal(database_->handle, "DELETE FROM runs WHERE id = ?");
  removal.bind(1, id);
  return database_->done(removal);
}

}  // namespace linchpin::serve
