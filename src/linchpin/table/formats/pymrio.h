// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/table/files/bundle.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// What metadata.json says about a table; empty texts where it says nothing.
struct PymrioMetadata {
  std::string name;
  std::string description;
  std::string version;
  std::string system;  ///< "pxp", "ixi"
  /// What export_pymrio has kept beside; nothing if the folder is by another program.
  std::optional<TableInfo> own;
};

/// \param member  empty: nothing is known
/// \error bad_format                  not a JSON object
/// \error unreadable_file, too_large  see Bundle::read_text
[[nodiscard]] Result<PymrioMetadata> read_pymrio_metadata(Bundle const& bundle,
                                                          std::string const& member);

}  // namespace linchpin
