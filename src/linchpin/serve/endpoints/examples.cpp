// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/parameters/technology_outline.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/read_texts.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/shipped_parameters.h"

namespace linchpin::serve {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> entries_of(fs::path const& folder) {
  std::vector<fs::path> entries;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    entries.push_back(entry->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

Json studies_of(fs::path const& folder) {
  Json studies = Json::array();
  for (auto const& file : entries_of(folder)) {
    if (file.extension() != ".toml") continue;
    auto const text = read_file(file);
    if (!text) continue;
    auto const [kind, title] = kind_of_text(*text);
    if (kind.empty()) continue;
    studies.push_back(
        {{"name", file.stem().string()}, {"kind", kind}, {"title", title}, {"text", *text}});
  }
  return studies;
}

Json names_of(auto const& list) {
  Json names = Json::array();
  for (auto const& each : list) names.push_back(each.first);
  return names;
}

Json technologies_of(fs::path const& folder) {
  Json technologies = Json::array();
  for (auto const& path : entries_of(folder)) {
    auto const text = read_file(path / "technology.toml");
    if (!text) continue;
    ErrorList problems;
    auto const outline = parameters::read_technology_outline(*text, "technology.toml", problems);
    if (!problems.empty()) continue;
    technologies.push_back({{"name", path.filename().string()},
                            {"title", outline.title},
                            {"sector", outline.sector},
                            {"stages", names_of(outline.stages)},
                            {"uses", names_of(outline.uses)},
                            {"presets", names_of(outline.presets)}});
  }
  return technologies;
}

}  // namespace

Response list_examples(Site& site) {
  auto const& data = site.worlds.folders().data;
  return json_response({{"schema", json_schema("linchpin.examples")},
                        {"studies", studies_of(data / "studies")},
                        {"technologies", technologies_of(data / "parameters" / "technologies")}});
}

}  // namespace linchpin::serve
