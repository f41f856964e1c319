// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/study/measures/document.h"
#include "linchpin/table/region_groups.h"

namespace linchpin::serve {
namespace {

constexpr std::size_t most_worlds = 12;
constexpr std::pair<study::Asks, char const*> ask_names[] = {
    {study::Asks::buyers, "buyers"},       {study::Asks::suppliers, "suppliers"},
    {study::Asks::detail, "detail"},       {study::Asks::third_country, "third_country"},
    {study::Asks::share, "share"},         {study::Asks::kind, "kind"},
    {study::Asks::resourced, "resourced"}, {study::Asks::rise, "rise"}};

struct Asked {
  study::MeasureWords words;
  std::vector<RegionGroup> groups;
  std::vector<study::Measure const*> measures;
  study::MeasureRequest request;
  depend::SolveMethod method = depend::SolveMethod::automatic;
};

std::vector<std::string> names_of(auto const& map) {
  std::vector<std::string> names;
  for (auto const& each : map) names.push_back(each.first);
  return names;
}

Result<Asked> read(Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return fail(fields.error());
  Asked asked;
  auto& words = asked.words;
  words.worlds = fields->texts("worlds", most_worlds);
  words.measures = fields->texts("measures", 20);
  words.buyers = fields->texts("buyers");
  words.suppliers = fields->texts("suppliers");
  words.groups = fields->texts("groups", 100);
  auto& errors = fields->errors();
  for (auto const* name : {"worlds", "measures"}) {
    if (!fields->taken().at(name).empty()) continue;
    errors.add(ErrorCode::missing_value, fmt::format("'{}' names none", name), name,
               "name one or more");
  }
  for (auto const& name : words.measures) {
    if (auto const measure = study::find_measure(name); measure) {
      asked.measures.push_back(*measure);
    } else {
      errors.add(measure.error());
    }
  }
  for (auto const& text : words.groups) {
    if (auto group = parse_region_group(text, "groups"); group) {
      asked.groups.push_back(*std::move(group));
    } else {
      errors.add(group.error());
    }
  }
  auto& options = asked.request;
  options.top = static_cast<std::size_t>(fields->integer_or("top", 10, 1, 1000000));
  options.detail = fields->flag("detail");
  options.by_third_country = fields->flag("third_country");
  options.share = fields->number_or("share", options.share, 0, 1);
  options.resourced = fields->flag("resourced");
  options.rise = fields->number_or("rise", options.rise, -1, 1e6);
  auto const& kinds = study::extraction_names();
  options.kind = kinds.at(fields->choice("kind", names_of(kinds), "flows"));
  auto const& methods = study::method_names();
  asked.method = methods.at(fields->choice("method", names_of(methods), "automatic"));
  if (auto const sound = fields->finish(); !sound) return fail(sound.error());
  return asked;
}

struct Worlds {
  std::vector<std::shared_ptr<OpenWorld const>> open;
  std::vector<study::PanelWorld> panel;
};

Result<Worlds> open(WorldStore& store, Asked& asked, RunControl const& control) {
  Worlds worlds;
  ErrorList errors;
  for (auto const& id : asked.words.worlds) {
    auto world = store.open(id, control);
    if (!world) {
      errors.add(world.error());
      continue;
    }
    auto economy = Result<Economy>{(*world)->economy};
    if (!asked.groups.empty()) {
      auto grouped = group_regions((*world)->economy.table(), asked.groups, "groups");
      economy = grouped ? Economy::make(*std::move(grouped)) : fail(grouped.error());
      if (!economy) errors.add(economy.error());
    }
    if (economy) worlds.panel.push_back({(*world)->origin.world_name, *economy});
    worlds.open.push_back(*std::move(world));
  }
  if (!errors.empty()) return fail(errors.joined());
  asked.words.worlds.clear();
  for (auto const& world : worlds.panel) {
    asked.words.worlds.push_back(world.name);
    asked.words.titles.push_back(world.economy.info().title);
  }
  auto const& space = worlds.panel.front().economy.space();
  asked.request.buyers = find_parties(space, asked.words.buyers, "buyers", errors);
  asked.request.suppliers = find_parties(space, asked.words.suppliers, "suppliers", errors);
  if (!errors.empty()) return fail(errors.joined());
  return worlds;
}

/// The document that `linchpin depend … --measure … --json` prints.
Result<Json> answer(WorldStore& store, Asked asked, RunControl const& control) {
  RunClock const clock;
  auto const worlds = open(store, asked, control);
  if (!worlds) return fail(worlds.error());
  study::SystemMaker make;
  if (asked.groups.empty()) {  // those of grouped worlds are not kept
    make = [&](study::PanelWorld const& world, depend::SystemOptions const& options,
               RunControl const& own) {
      auto const found =
          std::find_if(worlds->open.begin(), worlds->open.end(),
                       [&](auto const& each) { return each->origin.world_name == world.name; });
      return (*found)->system(options, own);
    };
  }
  auto const answers = study::ask_measures(asked.measures, worlds->panel, asked.request,
                                           asked.method, control, make);
  if (!answers) return fail(answers.error());
  auto origin = worlds->open.front()->origin;
  study::describe(origin, asked.words, asked.request, answers->solved);
  std::vector<std::filesystem::path> files;
  for (auto const& world : worlds->open) files.push_back(world->entry.file);
  if (auto const filled = clock.fill(origin, files); !filled) return fail(filled.error());
  return study::measures_to_json(asked.measures, *answers, origin);
}

}  // namespace

Response list_measures() {
  Json document = {{"schema", json_schema("linchpin.measures")}, {"measures", Json::array()}};
  for (auto const* measure : study::measures()) {
    Json accepts = Json::array();
    for (auto const& [option, name] : ask_names) {
      if ((measure->accepts & study::bits(option)) != 0) accepts.push_back(name);
    }
    document["measures"].push_back({{"name", std::string{measure->name}},
                                    {"meaning", std::string{measure->meaning}},
                                    {"not_for", std::string{measure->not_for}},
                                    {"worlds", measure->worlds},
                                    {"accepts", std::move(accepts)}});
  }
  return json_response(document);
}

Response ask_measures(Site& site, Request const& request) {
  auto asked = read(request);
  if (!asked) return error_response(asked.error());
  return answer_now(site, [&](RunControl const& control) {
    return answer(site.worlds, *std::move(asked), control);
  });
}

}  // namespace linchpin::serve
