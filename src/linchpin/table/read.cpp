// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "linchpin/core/nearest.h"
#include "linchpin/table/csv.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/store.h"

namespace linchpin {
namespace {

constexpr char const* netcdf_format = "netcdf";

std::array<TextFormat, 2> text_formats() noexcept { return {wiod2013_format(), tidy_format()}; }

std::string joined_names() {
  auto const names = table_formats();
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<Table> read_recognised(std::filesystem::path const& path, ReadOptions const& options,
                              RunControl const& control) {
  if (auto const netcdf = looks_like_netcdf(path); !netcdf) {
    return fail(netcdf.error());
  } else if (*netcdf) {
    return read_world(path, {.memory_limit = options.memory_limit});
  }
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  auto const more = csv->next();
  if (!more) return fail(more.error());
  if (!*more) {
    return fail(ErrorCode::bad_format, "the file is empty", csv->name(),
                "check the download or the program that wrote it");
  }
  for (auto const& format : text_formats()) {
    if (format.matches(csv->line())) return format.read(path, options, control);
  }
  return fail(ErrorCode::bad_format,
              fmt::format("the format is not recognised: the first line starts with '{}'",
                          printable(csv->line())),
              csv->where(),
              fmt::format("known formats are {}; if it is one of them, name it with --format",
                          joined_names()));
}

}  // namespace

std::vector<std::string> table_formats() {
  std::vector<std::string> names;
  for (auto const& format : text_formats()) names.emplace_back(format.name);
  names.emplace_back(netcdf_format);
  return names;
}

Result<Table> read_table(std::filesystem::path const& path, ReadOptions const& options,
                         RunControl const& control) {
  if (options.format.empty()) return read_recognised(path, options, control);
  if (options.format == netcdf_format) {
    return read_world(path, {.memory_limit = options.memory_limit});
  }
  for (auto const& format : text_formats()) {
    if (format.name == options.format) return format.read(path, options, control);
  }
  return fail(ErrorCode::bad_value,
              fmt::format("there is no table format '{}'", printable(options.format)), "--format",
              did_you_mean(options.format, table_formats(),
                           fmt::format("known formats are {}", joined_names())));
}

}  // namespace linchpin
