// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/world_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/table/files/sha256.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/worlds.h"

namespace linchpin::serve {
namespace fs = std::filesystem;
namespace {

/// What open worlds may take together [bytes]; two stay open whatever they take, to be compared.
constexpr std::size_t budget = std::size_t{1} << 30;
constexpr std::size_t always_open = 2;

std::vector<WorldEntry> uploads_in(fs::path const& folder) {
  std::vector<WorldEntry> entries;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    auto const& path = entry->path();
    std::error_code ignored;
    bool const world = path.extension() == ".nc" && is_plain_name(path.stem().string()) &&
                       fs::is_regular_file(path, ignored);
    if (world) entries.push_back({path.stem().string(), path, "uploaded"});
  }
  std::sort(entries.begin(), entries.end(),
            [](auto const& a, auto const& b) { return a.id < b.id; });
  return entries;
}

/// Tells one state of a file from another without reading it.
std::string state_of(fs::path const& file) {
  std::error_code problem;
  auto const size = fs::file_size(file, problem);
  auto const time = fs::last_write_time(file, problem).time_since_epoch().count();
  return fmt::format("{}\n{}\n{}", file.string(), size, time);
}

/// All files below `folder`, in order.
std::vector<fs::path> files_below(fs::path const& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::unique_ptr<WorldStore>> WorldStore::make(WorldFolders folders,
                                                     std::vector<std::string> const& named) {
  std::unique_ptr<WorldStore> store(new WorldStore(std::move(folders)));
  ErrorList errors;
  for (auto const& name : named) {
    auto const path = find_world(name, store->folders_.data);
    if (!path) {
      errors.add(path.error());
      continue;
    }
    if (*path != fs::path(name)) continue;  // a built-in one, which is listed anyway
    auto const id = path->stem().string();
    if (!is_plain_name(id)) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("'{}' cannot be the id of a world", printable(id)), name,
                 "rename the file: letters, digits, '-', '_' and dots");
    } else if (store->find(id)) {
      errors.add(ErrorCode::duplicate_label, fmt::format("there is a world '{}' already", id), name,
                 "rename the file");
    } else {
      store->named_.push_back({id, fs::absolute(*path), "named"});
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return store;
}

std::vector<WorldEntry> WorldStore::list() const {
  std::vector<WorldEntry> entries;
  for (auto const& world : list_worlds(folders_.data)) {
    entries.push_back({world.name, world.path, "built-in"});
  }
  entries.insert(entries.end(), named_.begin(), named_.end());
  auto const uploads = uploads_in(folders_.uploads);
  entries.insert(entries.end(), uploads.begin(), uploads.end());
  return entries;
}

Result<WorldEntry> WorldStore::find(std::string const& id) const {
  std::vector<std::string> ids;
  for (auto& entry : list()) {
    if (entry.id == id) return std::move(entry);
    ids.push_back(std::move(entry.id));
  }
  return fail(ErrorCode::file_not_found, fmt::format("there is no world '{}'", printable(id)),
              "world", did_you_mean(id, ids, "GET /api/v1/worlds lists the ids there are"));
}

Result<Table> WorldStore::table(std::string const& id, RunControl const& control) const {
  auto const entry = find(id);
  if (!entry) return fail(entry.error());
  ReadOptions options;
  // Only the shipped worlds are ours; what was uploaded stays foreign although we stored it.
  if (entry->kind != "built-in") options.reader_program = folders_.reader_program;
  return read_table(entry->file, options, control);
}

Result<std::shared_ptr<OpenWorld const>> WorldStore::open(std::string const& id,
                                                          RunControl const& control) {
  auto entry = find(id);
  if (!entry) return fail(entry.error());
  std::scoped_lock const lock(mutex_);
  auto state = state_of(entry->file);
  for (auto each = recent_.begin(); each != recent_.end(); ++each) {
    if (each->state != state) continue;
    recent_.splice(recent_.begin(), recent_, each);
    return recent_.front().world;
  }
  // What an older state of its file was is of no use any more.
  recent_.remove_if([&](Kept const& kept) { return kept.world->entry.id == id; });
  auto read = table(id, control);
  if (!read) return fail(read.error());
  Origin origin;
  origin.world_name = entry->kind == "built-in" ? id : entry->file.filename().string();
  origin.world = read->info;
  auto economy = Economy::make(*std::move(read));
  if (!economy) return fail(economy.error());
  recent_.push_front(
      {std::move(state), std::make_shared<OpenWorld const>(*std::move(entry), *std::move(economy),
                                                           std::move(origin))});
  forget_old_ones();
  return recent_.front().world;
}

void WorldStore::forget_old_ones() {
  std::size_t sum = 0, kept = 0;
  for (auto each = recent_.begin(); each != recent_.end(); ++kept) {
    sum += each->world->bytes();
    each = kept >= always_open && sum > budget ? recent_.erase(each) : std::next(each);
  }
}

Result<std::string> WorldStore::fingerprint(std::string const& id) {
  auto const entry = find(id);
  if (!entry) return fail(entry.error());
  return file_fingerprint(entry->file);
}

Result<std::string> WorldStore::engine_fingerprint() {
  auto files = files_below(folders_.data / "parameters");
  if (!folders_.reader_program.empty()) files.push_back(folders_.reader_program);
  std::string all;
  for (auto const& file : files) {
    auto const hash = file_fingerprint(file);
    if (!hash) return hash;
    all += fmt::format("{} {}\n", file.filename().string(), *hash);
  }
  return sha256_of_bytes(all);
}

Result<std::string> WorldStore::file_fingerprint(fs::path const& file) {
  auto const key = state_of(file);
  {
    std::scoped_lock const lock(mutex_);
    if (auto const known = fingerprints_.find(key); known != fingerprints_.end()) {
      return known->second;
    }
  }
  auto hash = sha256_of_file(file);
  if (!hash) return hash;
  std::scoped_lock const lock(mutex_);
  fingerprints_[key] = *hash;
  return hash;
}

fs::path WorldStore::upload_path(std::string const& id) const {
  return folders_.uploads / (id + ".nc");
}

}  // namespace linchpin::serve
