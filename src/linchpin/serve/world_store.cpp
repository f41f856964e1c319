// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/world_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <system_error>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/results/table_json.h"
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
/// Worlds read at a time: each may take gigabytes before it is known to be too large.
constexpr std::size_t most_at_work = 2;
constexpr std::size_t most_infos = 128;

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
  auto state = state_of(entry->file);
  std::shared_ptr<OpenWorld const> found;
  auto const there = [&] {
    auto const kept = std::find_if(recent_.begin(), recent_.end(),
                                   [&](Kept const& each) { return each.state == state; });
    if (kept == recent_.end()) return false;
    recent_.splice(recent_.begin(), recent_, kept);
    found = recent_.front().world;
    return true;
  };
  // Read and then forgotten at once, because others were opened meanwhile: read it again.
  while (!found) {
    auto const done =
        once(state, control, there, [&] { return read_world(*entry, state, control); });
    if (!done) return fail(done.error());
  }
  return found;
}

Result<void> WorldStore::read_world(WorldEntry entry, std::string state,
                                    RunControl const& control) {
  auto read = table(entry.id, control);
  if (!read) return fail(read.error());
  Origin origin;
  origin.world_name = entry.kind == "built-in" ? entry.id : entry.file.filename().string();
  origin.world = read->info;
  auto economy = Economy::make(*std::move(read));
  if (!economy) return fail(economy.error());
  auto const id = entry.id;
  auto world =
      std::make_shared<OpenWorld const>(std::move(entry), *std::move(economy), std::move(origin));
  std::scoped_lock const lock(mutex_);
  // What an older state of its file was is of no use any more.
  recent_.remove_if([&](Kept const& kept) { return kept.world->entry.id == id; });
  recent_.push_front({std::move(state), std::move(world)});
  forget_old_ones();
  return {};
}

Result<void> WorldStore::wait_for_place(std::unique_lock<std::mutex>& lock, std::string const& key,
                                        RunControl const& control,
                                        std::function<bool()> const& there) {
  constexpr auto glance = std::chrono::milliseconds(50);
  for (;;) {
    auto const other = at_work_.find(key);
    if (other == at_work_.end() && at_work_.size() < most_at_work) return {};
    auto const work = other == at_work_.end() ? nullptr : other->second;
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "cancelled while a world was opened", "world", "ask again");
    }
    worked_.wait_for(lock, glance);
    // The other's fault is ours, too, but not that the other was told to stop.
    if (work && work->done && work->error && work->error->code != ErrorCode::cancelled) {
      return fail(*work->error);
    }
    if (there()) return {};
  }
}

Result<void> WorldStore::once(std::string const& key, RunControl const& control,
                              std::function<bool()> const& there,
                              std::function<Result<void>()> const& make) {
  auto const work = std::make_shared<Work>();
  {
    std::unique_lock lock(mutex_);
    if (there()) return {};
    if (auto const waited = wait_for_place(lock, key, control, there); !waited) return waited;
    if (there()) return {};
    at_work_.emplace(key, work);
  }
  auto const end = [&](std::optional<Error> error) {
    {
      std::scoped_lock const lock(mutex_);
      work->done = true;
      work->error = std::move(error);
      at_work_.erase(key);
      if (!work->error) there();
    }
    worked_.notify_all();
  };
  try {
    auto const made = make();
    end(made ? std::nullopt : std::optional{made.error()});
    return made;
  } catch (...) {
    end(Error{ErrorCode::cancelled, "it did not end", "world", "ask again"});
    throw;
  }
}

Result<std::shared_ptr<std::string const>> WorldStore::known_info(std::string const& id) {
  auto const entry = find(id);
  if (!entry) return fail(entry.error());
  std::scoped_lock const lock(mutex_);
  auto const known = infos_.find(state_of(entry->file));
  return known == infos_.end() ? nullptr : known->second;
}

Result<std::shared_ptr<std::string const>> WorldStore::info(std::string const& id,
                                                            RunControl const& control) {
  auto const entry = find(id);
  if (!entry) return fail(entry.error());
  auto const state = state_of(entry->file);
  std::shared_ptr<std::string const> found;
  auto const there = [&] {
    auto const known = infos_.find(state);
    if (known != infos_.end()) found = known->second;
    return found != nullptr;
  };
  auto const make = [&]() -> Result<void> {
    auto const read = table(id, control);
    if (!read) return fail(read.error());
    auto text = std::make_shared<std::string const>(to_text(table_info_to_json(*read)) + "\n");
    std::scoped_lock const lock(mutex_);
    if (infos_.size() >= most_infos) infos_.clear();
    infos_[state] = std::move(text);
    return {};
  };
  if (auto const done = once("info\n" + state, control, there, make); !done) {
    return fail(done.error());
  }
  return found;
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
