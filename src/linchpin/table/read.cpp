// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/read.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/core/nearest.h"
#include "linchpin/table/assembler.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/store/isolated_read.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/store/store.h"

namespace linchpin {
namespace {

constexpr char const* netcdf_format = "netcdf";

std::string joined_names() {
  auto const names = table_formats();
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<Table> read_netcdf(std::filesystem::path const& path, ReadOptions const& options,
                          RunControl const& control) {
  WorldReadOptions const world{.memory_limit = options.memory_limit};
  auto table = options.reader_program.empty()
                   ? read_world(path, world)
                   : read_world_isolated(path, options.reader_program, world, control);
  if (!table) return table;
  return reassemble(std::move(*table), options, path.string());
}

/// What nothing recognises: say what is there.
tl::unexpected<Error> unrecognised(Bundle const& bundle) {
  auto const hint = fmt::format("known formats are {}; if it is one of them, name it with --format",
                                joined_names());
  if (!bundle.single_file()) {
    constexpr std::size_t shown = 5;
    auto members = bundle.members();
    auto const more = members.size() > shown ? members.size() - shown : 0;
    members.resize(members.size() - more);
    for (auto& member : members) member = printable(member);
    return fail(
        ErrorCode::bad_format,
        fmt::format("the format is not recognised: it holds {}{}",
                    members.empty() ? "no file" : fmt::format("{}", fmt::join(members, ", ")),
                    more > 0 ? fmt::format(" and {} more files", more) : std::string{}),
        bundle.name(), hint);
  }
  auto csv = bundle.open_csv(bundle.members().front());
  if (!csv) return fail(csv.error());
  auto const more = csv->next();
  if (!more) return fail(more.error());
  if (!*more) {
    return fail(ErrorCode::bad_format, "the file is empty", csv->name(),
                "check the download or the program that wrote it");
  }
  if (csv->line().starts_with("exporter,importer,sector")) {
    return fail(ErrorCode::bad_format, "this is a cube of bilateral trade, not a table",
                csv->name(), "'linchpin table nowcast' and 'linchpin table sourcing' read it");
  }
  return fail(ErrorCode::bad_format,
              fmt::format("the format is not recognised: the first line starts with '{}'",
                          printable(csv->line())),
              csv->where(), hint);
}

}  // namespace

std::vector<std::string> table_formats() {
  std::vector<std::string> names;
  for (auto const& format : all_formats()) names.emplace_back(format.name);
  names.emplace_back(netcdf_format);
  return names;
}

Result<Table> read_table(std::filesystem::path const& path, ReadOptions const& options,
                         RunControl const& control) {
  auto const& formats = all_formats();
  auto const named = std::find_if(formats.begin(), formats.end(), [&](TableFormat const& each) {
    return each.name == options.format;
  });
  if (options.format == netcdf_format) return read_netcdf(path, options, control);
  if (!options.format.empty() && named == formats.end()) {
    return fail(ErrorCode::bad_value,
                fmt::format("there is no table format '{}'", printable(options.format)), "--format",
                did_you_mean(options.format, table_formats(),
                             fmt::format("known formats are {}", joined_names())));
  }
  std::error_code ignored;
  if (options.format.empty() && !std::filesystem::is_directory(path, ignored)) {
    auto const netcdf = looks_like_netcdf(path);
    if (!netcdf) return fail(netcdf.error());
    if (*netcdf) return read_netcdf(path, options, control);
  }
  auto const bundle = Bundle::open(path);
  if (!bundle) return fail(bundle.error());
  if (bundle->members().empty()) return unrecognised(*bundle);
  if (named != formats.end()) return named->read(*bundle, options, control);
  for (auto const& format : formats) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped while the format was looked for", bundle->name(),
                  "run it again");
    }
    if (format.matches(*bundle)) return format.read(*bundle, options, control);
  }
  return unrecognised(*bundle);
}

}  // namespace linchpin
