// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/pymrio.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/formats/two_level.h"

namespace linchpin {
namespace {

std::string text_of(nlohmann::json const& json, char const* key) {
  auto const entry = json.find(key);
  return entry != json.end() && entry->is_string() ? entry->get<std::string>() : std::string{};
}

TableInfo own_info(nlohmann::json const& json) {
  TableInfo info;
  info.title = text_of(json, "title");
  info.price_basis = text_of(json, "price_basis");
  info.source = text_of(json, "source");
  info.licence = text_of(json, "licence");
  info.history = text_of(json, "history");
  auto const year = json.find("year");
  constexpr int latest_year = 9999;
  if (year != json.end() && year->is_number_integer()) {
    auto const value = year->get<long long>();
    if (value >= 0 && value <= latest_year) info.year = static_cast<int>(value);
  }
  auto const estimated = json.find("estimated");
  info.estimated = estimated != json.end() && estimated->is_boolean() && estimated->get<bool>();
  return info;
}

TableInfo describe_pymrio(Bundle const& bundle, TwoLevelFiles const& files,
                          PymrioMetadata const& metadata) {
  auto const step = fmt::format("imported from {} (format pymrio)", bundle.file_name());
  if (metadata.own) {
    auto info = *metadata.own;
    info.history += (info.history.empty() ? "" : "\n") + step;
    return info;
  }
  TableInfo info;
  info.title = metadata.description.empty() ? metadata.name : metadata.description;
  if (info.title.empty()) info.title = bundle.file_name();
  for (auto const& text : {metadata.description, metadata.name, files.folder, bundle.file_name()}) {
    if (info.year == 0) info.year = year_in_name(text);
  }
  info.history = step;
  return info;
}

Result<Table> read_pymrio(Bundle const& bundle, ReadOptions const& options,
                          RunControl const& control) {
  auto const files = find_two_level(bundle, options);
  if (!files) return fail(files.error());
  auto const metadata = read_pymrio_metadata(bundle, files->metadata);
  if (!metadata) return fail(metadata.error());
  return read_two_level(bundle, *files, {}, describe_pymrio(bundle, *files, *metadata), options,
                        control);
}

}  // namespace

Result<PymrioMetadata> read_pymrio_metadata(Bundle const& bundle, std::string const& member) {
  PymrioMetadata metadata;
  if (member.empty()) return metadata;
  auto const text = bundle.read_text(member);
  if (!text) return fail(text.error());
  auto const json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object()) {
    return fail(ErrorCode::bad_format, "the file is not a JSON object",
                bundle.name() + ":" + member, "save the table again, or remove the file");
  }
  metadata.name = text_of(json, "name");
  metadata.description = text_of(json, "description");
  metadata.version = text_of(json, "version");
  metadata.system = text_of(json, "system");
  auto const own = json.find("linchpin");
  if (own != json.end() && own->is_object()) metadata.own = own_info(*own);
  return metadata;
}

TableFormat pymrio_format() noexcept {
  return {"pymrio", "a table saved by pymrio as text, folder or zip", has_two_level_table,
          read_pymrio};
}

}  // namespace linchpin
