// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/serve/open_world.h"
#include "linchpin/table/table.h"

namespace linchpin::serve {

struct WorldFolders {
  std::filesystem::path data;            ///< shipped data: worlds, parameters
  std::filesystem::path uploads;         ///< worlds that were uploaded, <id>.nc
  std::filesystem::path reader_program;  ///< reads NetCDF from outside in a child process
};

/// The worlds by id. A client's word never becomes a path: it is looked up in a list. Members may
/// be called from any thread.
class WorldStore {
 public:
  /// \param named  files the user named when the server was started; their ids are their stems
  /// \error file_not_found, duplicate_label, bad_value  of `named`, all at once
  [[nodiscard]] static Result<std::unique_ptr<WorldStore>> make(
      WorldFolders folders, std::vector<std::string> const& named);

  [[nodiscard]] std::vector<WorldEntry> list() const;
  /// \error file_not_found  with the nearest id
  [[nodiscard]] Result<WorldEntry> find(std::string const& id) const;
  /// Opens a world, or takes one of the few that are kept open, if its file is still the same. A
  /// world is opened once for all who ask at the same time, and two worlds at most are at a time;
  /// those that are open already wait for neither.
  /// \error cancelled  `control` was cancelled while another opened it
  [[nodiscard]] Result<std::shared_ptr<OpenWorld const>> open(std::string const& id,
                                                              RunControl const& control = {});
  /// The table of a world as it is stored, faults included.
  [[nodiscard]] Result<Table> table(std::string const& id, RunControl const& control = {}) const;
  /// The document "linchpin.table-info" of a world as text; read once per state of its file, with
  /// the same bounds as open().
  [[nodiscard]] Result<std::shared_ptr<std::string const>> info(std::string const& id,
                                                                RunControl const& control = {});
  /// The same if it was read before; null otherwise.
  /// \error file_not_found
  [[nodiscard]] Result<std::shared_ptr<std::string const>> known_info(std::string const& id);
  /// SHA-256 of the world's file; reckoned once per state of the file.
  [[nodiscard]] Result<std::string> fingerprint(std::string const& id);
  /// SHA-256 over this program and the shipped parameters: what answers rest on besides the world.
  [[nodiscard]] Result<std::string> engine_fingerprint();
  /// Where an uploaded world of this id is kept.
  [[nodiscard]] std::filesystem::path upload_path(std::string const& id) const;
  [[nodiscard]] WorldFolders const& folders() const noexcept { return folders_; }

 private:
  struct Work {
    bool done = false;
    std::optional<Error> error = {};
  };
  /// Does `make` once for all who want `key` at the same time, unless `there`, which is called with
  /// the mutex held.
  Result<void> once(std::string const& key, RunControl const& control,
                    std::function<bool()> const& there, std::function<Result<void>()> const& make);
  Result<void> wait_for_place(std::unique_lock<std::mutex>& lock, std::string const& key,
                              RunControl const& control, std::function<bool()> const& there);
  Result<void> read_world(WorldEntry entry, std::string state, RunControl const& control);
  void forget_old_ones();
  [[nodiscard]] Result<std::string> file_fingerprint(std::filesystem::path const& file);

  explicit WorldStore(WorldFolders folders) : folders_(std::move(folders)) {}

  WorldFolders folders_;
  std::vector<WorldEntry> named_;
  std::mutex mutex_;
  struct Kept {
    std::string state;  ///< of its file when it was opened
    std::shared_ptr<OpenWorld const> world;
  };
  std::list<Kept> recent_;                           ///< most recent first, within a budget
  std::map<std::string, std::string> fingerprints_;  ///< of path, size and time
  std::map<std::string, std::shared_ptr<std::string const>> infos_;  ///< of the same
  std::map<std::string, std::shared_ptr<Work>> at_work_;
  std::condition_variable worked_;
};

}  // namespace linchpin::serve
