// SPDX-License-Identifier: Apache-2.0
// What a RunQueue keeps of runs that have ended, and for how long.
#include <system_error>

#include "linchpin/serve/imported_results.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/run_queue.h"
#include "linchpin/serve/run_results.h"

namespace linchpin::serve {
namespace fs = std::filesystem;
namespace {

std::uint64_t bytes_below(fs::path const& folder) {
  std::uint64_t sum = 0;
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    std::error_code ignored;
    auto const size = entry->is_regular_file(ignored) ? entry->file_size(ignored) : 0;
    if (!ignored) sum += size;
  }
  return sum;
}

/// The numbers of the folders in `folder`.
std::vector<std::int64_t> numbered_in(fs::path const& folder) {
  std::vector<std::int64_t> ids;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (auto const id = parse_run_id(entry->path().filename().string())) ids.push_back(*id);
  }
  return ids;
}

}  // namespace

Result<bool> RunQueue::remove(std::int64_t id) {
  {
    std::scoped_lock const lock(mutex_);
    if (live_.contains(id)) return false;
    auto const record = catalogue_.find(id);
    if (!record) return fail(record.error());
    if (!*record) return false;
    // The line goes first: a kill in between leaves files nobody offers, not an offer without
    // files.
    if (auto const gone = catalogue_.remove(id); !gone) return fail(gone.error());
  }
  // Numbers are never used again, so nothing else is there by now.
  std::error_code ignored;
  fs::remove_all(folder_of(id), ignored);
  return true;
}

/// What an older program, an import or a kill has left undone. Errors are not of a run: they are
/// met again when something is asked.
void RunQueue::tidy() {
  // Lines are there before their folders and go before them.
  for (auto const id : numbered_in(folder_)) {
    if (stopping()) return;
    auto const record = catalogue_.find(id);
    std::error_code ignored;
    if (record && !*record) fs::remove_all(folder_of(id), ignored);
  }
  auto const left = catalogue_.unmeasured();
  if (!left) return;
  for (auto const id : *left) {
    if (stopping()) return;
    static_cast<void>(pack_results(folder_of(id)));
    measure(id);
  }
  drop_old();
}

void RunQueue::measure(std::int64_t id) {
  auto const posted = catalogue_.request(id);
  static_cast<void>(
      catalogue_.set_bytes(id, bytes_below(folder_of(id)) + (posted ? posted->size() : 0)));
}

void RunQueue::drop_old() {
  auto const old = catalogue_.beyond(limits_.keep_bytes, std::string{imported_mark});
  if (!old) return;
  for (auto const id : *old) static_cast<void>(remove(id));
}

}  // namespace linchpin::serve
