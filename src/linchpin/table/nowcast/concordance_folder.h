// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/nowcast/concordance.h"

namespace linchpin {

/// Concordances to choose from by the labels they connect.
class ConcordanceFolder {
 public:
  /// Reads every `.csv` of a folder, in alphabetical order.
  /// \error file_not_found  there is no such folder, or no file in it
  /// \error those of read_concordance
  [[nodiscard]] static Result<ConcordanceFolder> open(std::filesystem::path const& folder);
  explicit ConcordanceFolder(std::vector<Concordance> concordances)
      : concordances_(std::move(concordances)) {}

  /// The concordance whose labels are those of `from`, or else the only one that knows all of them
  /// among others, and that leads to nothing but labels of `to`.
  /// \param what  has the labels `from`, for messages
  /// \error missing_value  there is none; the hint names the nearest
  /// \error bad_value      there are several
  [[nodiscard]] Result<Concordance const*> find(std::vector<std::string> const& from,
                                                std::vector<std::string> const& to,
                                                std::string const& what) const;
  /// The concordance of the cube's sectors with classification `name`: file `…-<name>.csv`.
  /// \error unknown_label  there is no such classification for these labels
  [[nodiscard]] Result<Concordance const*> find_classification(std::vector<std::string> const& from,
                                                               std::string const& name) const;

 private:
  std::vector<Concordance> concordances_;
};

}  // namespace linchpin
