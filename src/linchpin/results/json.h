// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

using Json = nlohmann::ordered_json;

struct JsonOptions {
  bool report_only = false;  ///< leave out tables that are too long for a report
};

/// Name and version of a document, its first member: machines look at it before they read on.
[[nodiscard]] Json json_schema(std::string const& name, int version = 1);

/// What makes a result reproducible, as the member `origin` of every document.
[[nodiscard]] Json origin_to_json(Origin const& origin);

/// The document "linchpin.results", version 1 (docs/formats/json.md). Undefined entries are null.
///
/// Precondition: the columns of a table are equally long and numbers are finite. Where checks are
/// off, a number that is not finite becomes null and its column says so in `undefined`.
[[nodiscard]] Json result_set_to_json(ResultSet const& results, JsonOptions options = {});

/// A table as a member of `tables`: {"name","title","note","columns","data"}, data by column.
/// Precondition: as result_set_to_json.
[[nodiscard]] Json table_to_json(ResultTable const& table);

/// The rows of a table as a list of objects, column name to value. An undefined entry is null beside a
/// text `<name>_reason`.
[[nodiscard]] Json rows_to_json(ResultTable const& table);

/// {"error":{"code","what","where","hint","further"?}}: what goes to stderr with --json.
[[nodiscard]] Json error_to_json(Error const& error);

/// One line of text, without a line end: shortest numbers that read back the same, valid UTF-8.
/// Never NaN or Inf: those are a broken contract, and null where checks are off.
[[nodiscard]] std::string to_text(Json const& document);

}  // namespace linchpin
