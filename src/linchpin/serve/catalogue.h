// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::serve {

enum class RunStatus {
  queued,
  running,
  done,
  failed,
  cancelled,
  interrupted,  ///< the server stopped or was killed before it ended
};

[[nodiscard]] std::string_view to_string(RunStatus status) noexcept;
[[nodiscard]] bool has_ended(RunStatus status) noexcept;

/// One line of the history.
struct RunRecord {
  std::int64_t id = 0;
  std::string kind;   ///< "study", "disrupt", "equilibrium", "localize", "leverage-power" …
  std::string world;  ///< id; empty: the question is about none
  std::string title;  ///< untrusted
  std::string request_hash;
  RunStatus status = RunStatus::queued;
  std::string created = {}, started = {}, ended = {};  ///< ISO 8601, UTC; empty: not yet
  std::string error = {};                              ///< JSON document of the Error; empty: none
  std::string request = {};  ///< JSON: what was posted where; not read back with the others
};

/// The history of runs in an SQLite file; survives restarts and kills. All members may be called
/// from any thread.
class Catalogue {
 public:
  /// Opens or makes the file. Runs that had not ended are now interrupted: whoever made them is
  /// gone, because only one server at a time may use a folder (see FolderLock).
  /// \error unwritable_output, bad_format  it cannot be opened, or is no catalogue
  [[nodiscard]] static Result<Catalogue> open(std::filesystem::path const& file,
                                              std::string const& now);
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  /// Adds a record and returns its id.
  [[nodiscard]] Result<std::int64_t> add(RunRecord const& record);
  /// Sets status, started, ended and error of a run.
  [[nodiscard]] Result<void> update(RunRecord const& record);
  [[nodiscard]] Result<std::optional<RunRecord>> find(std::int64_t id) const;
  /// The latest run of this request that has not failed, was not cancelled or interrupted.
  [[nodiscard]] Result<std::optional<RunRecord>> same_request(std::string const& hash) const;
  /// Newest first; only those with an id below `before`, if that is above 0.
  [[nodiscard]] Result<std::vector<RunRecord>> list(std::int64_t before, int most) const;
  /// What add() was given; empty: there is no such run, or nobody posted it.
  [[nodiscard]] Result<std::string> request(std::int64_t id) const;
  [[nodiscard]] Result<void> remove(std::int64_t id);

  /// Ended runs of which nobody has said what they take on the disk, oldest first.
  [[nodiscard]] Result<std::vector<std::int64_t>> unmeasured() const;
  /// What a run takes: its files, and what was posted for it.
  [[nodiscard]] Result<void> set_bytes(std::int64_t id, std::uint64_t bytes);
  /// The ended runs, oldest first, that must go so that the others take at most `bytes` (with 1 KiB
  /// for the line of each). The newest stays whatever it takes.
  /// \param spared  not empty; runs whose hash starts with it neither go nor count
  [[nodiscard]] Result<std::vector<std::int64_t>> beyond(std::uint64_t bytes,
                                                         std::string const& spared) const;

 private:
  struct Database;
  explicit Catalogue(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace linchpin::serve
