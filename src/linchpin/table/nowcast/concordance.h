// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// How the labels of two classifications correspond. Unlike a Mapping, one label may belong to
/// several on either side: neither classification need be finer than the other.
struct Concordance {
  std::string file;                ///< name for messages
  std::vector<std::string> from;   ///< labels in the order of first appearance
  std::vector<std::string> to;     ///< the same
  std::vector<std::string> names;  ///< of `to`, for people; may be empty
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< positions in from and to

  /// Positions in `to` that belong to position `k` of `from`, ascending.
  [[nodiscard]] std::vector<std::size_t> targets_of(std::size_t k) const;
};

/// Reads a concordance: a CSV with the header `from,to` or `from,to,name`, one line per pair.
/// \error file_not_found, unreadable_file, bad_format, bad_value, missing_value
/// \error duplicate_label  the same pair twice
[[nodiscard]] Result<Concordance> read_concordance(std::filesystem::path const& path);

/// Every label corresponds to itself.
[[nodiscard]] Concordance identity_concordance(std::vector<std::string> const& labels);

/// Labels of the sectors of a table.
[[nodiscard]] std::vector<std::string> sector_codes(TableLabels const& labels);

/// For each label of `wanted`, its position in `known`.
/// \error unknown_label  all that `known` does not have, with the nearest match; `kind` and `where`
///                       say of what and in which file
[[nodiscard]] Result<std::vector<std::size_t>> find_labels(std::vector<std::string> const& wanted,
                                                           std::vector<std::string> const& known,
                                                           std::string const& kind,
                                                           std::string const& where);

}  // namespace linchpin
