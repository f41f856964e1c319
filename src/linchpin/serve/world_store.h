// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/economy/economy.h"
#include "linchpin/results/result_set.h"

namespace linchpin::serve {

/// A world clients may name.
struct WorldEntry {
  std::string id;
  std::filesystem::path file;
  std::string kind;  ///< "built-in", "named" on the command line, "uploaded"
};

/// A world, opened and calibrated; never changes.
class OpenWorld {
 public:
  OpenWorld(WorldEntry from, Economy calibrated, Origin known)
      : entry(std::move(from)), economy(std::move(calibrated)), origin(std::move(known)) {}

  /// The Leontief system for this many right-hand sides, kept for the next question.
  [[nodiscard]] Result<std::shared_ptr<depend::LeontiefSystem const>> system(
      std::size_t right_hand_sides, RunControl const& control) const;

  WorldEntry const entry;
  Economy const economy;
  Origin const origin;  ///< world_name and world filled in

 private:
  mutable std::mutex mutex_;
  mutable std::size_t sides_ = 0;
  mutable std::shared_ptr<depend::LeontiefSystem const> system_;
};

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
  /// Opens a world, or takes one of the few that are kept open.
  [[nodiscard]] Result<std::shared_ptr<OpenWorld const>> open(std::string const& id,
                                                              RunControl const& control = {});
  /// The table of a world as it is stored, faults included.
  [[nodiscard]] Result<Table> table(std::string const& id, RunControl const& control = {}) const;
  /// SHA-256 of the world's file; reckoned once per state of the file.
  [[nodiscard]] Result<std::string> fingerprint(std::string const& id);
  /// Where an uploaded world of this id is kept.
  [[nodiscard]] std::filesystem::path upload_path(std::string const& id) const;
  [[nodiscard]] WorldFolders const& folders() const noexcept { return folders_; }

 private:
  explicit WorldStore(WorldFolders folders) : folders_(std::move(folders)) {}

  WorldFolders folders_;
  std::vector<WorldEntry> named_;
  std::mutex mutex_;
  std::list<std::shared_ptr<OpenWorld const>> recent_;  ///< most recent first
  std::map<std::string, std::string> fingerprints_;     ///< of path, size and time
};

}  // namespace linchpin::serve
