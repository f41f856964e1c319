// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/run_results.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <optional>
#include <system_error>

#include "linchpin/core/nearest.h"
#include "linchpin/results/json.h"
#include "linchpin/serve/json_slices.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/table/files/atomic_file.h"
#include "linchpin/table/files/text_sink.h"
#include "linchpin/table/label_text.h"

namespace linchpin::serve {
namespace fs = std::filesystem;
namespace {

constexpr char const* document_name = "results.json";
constexpr char const* packed_name = "results.json.gz";
constexpr char const* index_name = "results-index.json";

std::string text_at(std::string_view text, JsonSlice slice) {
  auto const value = Json::parse(slice.of(text), nullptr, false);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

/// The entries of the first column, which all columns have.
std::size_t rows_of(std::string_view text, JsonSlice data) {
  std::optional<JsonSlice> first;
  std::size_t rows = 0;
  bool sound = for_json_parts(text, data, [&](std::string_view, JsonSlice column) {
    if (!first) first = column;
  });
  sound =
      sound && first && for_json_parts(text, *first, [&](std::string_view, JsonSlice) { ++rows; });
  return sound ? rows : 0;
}

/// What the index says of the table at `slice`; null: it is no table.
Json entry_of(std::string_view text, JsonSlice slice) {
  Json entry = {{"name", ""}, {"title", ""}, {"rows", 0}};
  bool const sound = for_json_parts(text, slice, [&](std::string_view key, JsonSlice value) {
    if (key == "name" || key == "title") entry[std::string{key}] = text_at(text, value);
    if (key == "data") entry["rows"] = rows_of(text, value);
  });
  if (!sound || entry["name"] == "") return {};
  entry["begin"] = slice.begin;
  entry["end"] = slice.end;
  return entry;
}

/// The place of the list of tables, empty if there is none, and one entry for each table.
Json index_of(std::string_view text) {
  Json index = {{"size", text.size()}, {"begin", 0}, {"end", 0}, {"tables", Json::array()}};
  JsonSlice list;
  bool sound = for_json_parts(text, {0, text.size()}, [&](std::string_view key, JsonSlice value) {
    if (key == "tables" && text[value.begin] == '[') list = value;
  });
  if (!sound || list.end == 0) return index;
  auto tables = Json::array();
  sound = for_json_parts(text, list, [&](std::string_view, JsonSlice table) {
    tables.push_back(entry_of(text, table));
  });
  bool const known =
      std::none_of(tables.begin(), tables.end(), [](Json const& each) { return each.is_null(); });
  if (!sound || !known) return index;
  index["begin"] = list.begin;
  index["end"] = list.end;
  index["tables"] = std::move(tables);
  return index;
}

Result<void> compress(std::string const& text, fs::path const& file) {
  auto sink = TextSink::create(file);
  if (!sink) return fail(sink.error());
  if (auto const written = sink->write(text); !written) return written;
  return sink->commit();
}

Result<std::string> part_of(std::ifstream& file, std::size_t begin, std::size_t end) {
  std::string text(end - begin, '\0');
  file.seekg(static_cast<std::streamoff>(begin));
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file && static_cast<std::size_t>(file.gcount()) == text.size()) return text;
  return fail(ErrorCode::unreadable_file, "the results cannot be read", document_name,
              "ask the question again");
}

Result<Json> read_index(fs::path const& folder) {
  std::error_code none;
  if (!fs::is_regular_file(folder / document_name, none)) {
    return fail(ErrorCode::file_not_found, "the run has no results", "run",
                "ask the question again");
  }
  if (auto const packed = pack_results(folder); !packed) return fail(packed.error());
  auto const text = read_file(folder / index_name);
  if (!text) return fail(text.error());
  auto index = Json::parse(*text, nullptr, false);
  // What is too much goes at any time, between two looks too.
  auto const size = fs::file_size(folder / document_name, none);
  if (index.is_object() && !none && index.value("size", Json{}) == size) {
    return index;
  }
  return fail(ErrorCode::unreadable_file, "the index of the results does not fit them", index_name,
              "remove it from the folder of the run; it is made anew");
}

/// Names in the document that are not tables of it are told, each once.
Result<void> check_names(fs::path const& folder, Json const& tables, bool listed,
                         std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (!listed && !names.empty()) {
    auto const files = table_names(folder);
    return fail(ErrorCode::file_not_found, "the document of this run holds no tables", "tables",
                files.empty() ? std::string{"leave `tables` out; the run has none"}
                              : fmt::format("leave `tables` out; …/tables/NAME has them as CSV: {}",
                                            fmt::join(files, ", ")));
  }
  std::vector<std::string> known;
  for (auto const& table : tables) known.push_back(table["name"].get<std::string>());
  ErrorList errors;
  for (auto const& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    errors.add(ErrorCode::file_not_found, fmt::format("there is no table '{}'", printable(name)),
               "tables", did_you_mean(name, known, "`left_out` lists the tables there are"));
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace

Result<void> pack_results(fs::path const& folder) {
  std::error_code none;
  bool const there = fs::is_regular_file(folder / document_name, none);
  if (!there || fs::is_regular_file(folder / index_name, none)) return {};
  // One at a time: each holds a whole document.
  static std::mutex one;
  std::scoped_lock const lock(one);
  if (fs::is_regular_file(folder / index_name, none)) return {};
  auto const text = read_file(folder / document_name);
  if (!text) return fail(text.error());
  if (auto const done = compress(*text, folder / packed_name); !done) return done;
  return write_text_atomically(folder / index_name, to_text(index_of(*text)) + "\n");
}

std::vector<std::string> table_names(fs::path const& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  for (fs::directory_iterator entry(folder / "tables", problem), last; !problem && entry != last;
       entry.increment(problem)) {
    if (entry->path().extension() == ".csv") names.push_back(entry->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::string> results_with_tables(fs::path const& folder,
                                        std::vector<std::string> const& names) {
  auto const index = read_index(folder);
  if (!index) return fail(index.error());
  auto const& tables = (*index)["tables"];
  auto const size = (*index)["size"].get<std::size_t>();
  auto const begin = (*index)["begin"].get<std::size_t>();
  auto const end = (*index)["end"].get<std::size_t>();
  if (auto const known = check_names(folder, tables, end > 0, names); !known)
    return fail(known.error());
  std::ifstream file(folder / document_name, std::ios::binary);
  std::string document;
  auto const append = [&](std::size_t from, std::size_t to) -> Result<void> {
    auto const part = part_of(file, from, to);
    if (!part) return fail(part.error());
    document += *part;
    return {};
  };
  Json left_out = Json::array();
  if (end > 0) {
    if (auto const head = append(0, begin); !head) return fail(head.error());
    char separator = '[';
    for (auto const& table : tables) {
      auto const name = table["name"].get<std::string>();
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        left_out.push_back({{"name", name}, {"title", table["title"]}, {"rows", table["rows"]}});
        continue;
      }
      document += separator;
      separator = ',';
      auto const part = append(table["begin"].get<std::size_t>(), table["end"].get<std::size_t>());
      if (!part) return fail(part.error());
    }
    document += separator == '[' ? "[]" : "]";
  }
  if (auto const rest = append(end, size); !rest) return fail(rest.error());
  auto const last = document.rfind('}');
  if (last == std::string::npos) {
    return fail(ErrorCode::bad_format, "the results are no JSON document", document_name,
                "ask the question again");
  }
  document.resize(document.find_last_not_of(" \n\r\t", last - (last > 0 ? 1 : 0)) + 1);
  document += document.ends_with('{') ? "" : ",";
  return fmt::format("{}\"left_out\":{}}}\n", document, to_text(left_out));
}

}  // namespace linchpin::serve
