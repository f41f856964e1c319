// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/concordance_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <unordered_set>

#include "linchpin/core/nearest.h"

namespace linchpin {
namespace {

std::size_t missing_from(std::vector<std::string> const& wanted,
                         std::vector<std::string> const& known) {
  std::unordered_set<std::string> const set(known.begin(), known.end());
  return static_cast<std::size_t>(
      std::count_if(wanted.begin(), wanted.end(),
                    [&](std::string const& label) { return !set.contains(label); }));
}

std::string stem(Concordance const& concordance) {
  return std::filesystem::path(concordance.file).stem().string();
}

}  // namespace

Result<ConcordanceFolder> ConcordanceFolder::open(std::filesystem::path const& folder) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder, failure), end; entry != end && !failure;
       entry.increment(failure)) {
    if (entry->path().extension() == ".csv") files.push_back(entry->path());
  }
  if (failure || files.empty()) {
    return fail(ErrorCode::file_not_found, "there is no folder with concordances here",
                folder.string(), "name one that holds .csv files with the header from,to,name");
  }
  std::sort(files.begin(), files.end());
  std::vector<Concordance> concordances;
  ErrorList errors;
  for (auto const& file : files) {
    if (auto concordance = read_concordance(file)) {
      concordances.push_back(*std::move(concordance));
    } else {
      errors.add(concordance.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return ConcordanceFolder{std::move(concordances)};
}

Result<Concordance const*> ConcordanceFolder::find(std::vector<std::string> const& from,
                                                   std::vector<std::string> const& to,
                                                   std::string const& what) const {
  Concordance const* found = nullptr;
  Concordance const* second = nullptr;
  Concordance const* nearest_one = nullptr;
  std::size_t fewest = 0;
  for (auto const& each : concordances_) {
    if (missing_from(each.to, to) > 0) continue;
    auto const missing = missing_from(from, each.from);
    if (missing == 0 && missing_from(each.from, from) == 0) return &each;
    if (missing == 0) {
      second = found;
      found = &each;
    }
    if (nearest_one == nullptr || missing < fewest) {
      nearest_one = &each;
      fewest = missing;
    }
  }
  if (second != nullptr) {
    return fail(ErrorCode::bad_value,
                fmt::format("two concordances fit, {} and {}", stem(*second), stem(*found)), what,
                "keep one of them in the folder");
  }
  if (found != nullptr) return found;
  return fail(ErrorCode::missing_value, "no concordance leads from these labels to those wanted",
              what,
              nearest_one == nullptr ? "add one to the folder of concordances"
                                     : fmt::format("the nearest is {}, which lacks {} of {} labels",
                                                   stem(*nearest_one), fewest, from.size()));
}

Result<Concordance const*> ConcordanceFolder::find_classification(
    std::vector<std::string> const& from, std::string const& name) const {
  std::vector<std::string> names;
  for (auto const& each : concordances_) {
    if (missing_from(from, each.from) > 0 || missing_from(each.from, from) > 0) continue;
    auto const file = stem(each);
    auto const dash = file.rfind('-');
    names.push_back(dash == std::string::npos ? file : file.substr(dash + 1));
    if (names.back() == name) return &each;
  }
  std::string known;
  for (auto const& each : names) known += (known.empty() ? "" : ", ") + each;
  return fail(ErrorCode::unknown_label,
              fmt::format("there is no classification '{}' for the sectors of this cube", name),
              "concordances",
              did_you_mean(name, names,
                           known.empty() ? "none of the concordances has the cube's sectors"
                                         : "there are " + known));
}

}  // namespace linchpin
