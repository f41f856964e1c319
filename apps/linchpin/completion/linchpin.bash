# SPDX-License-Identifier: Apache-2.0
# Completion of the linchpin command line for bash.

_linchpin_worlds() {
  linchpin table list 2>/dev/null | sed -e 's/\x1b\[[0-9;]*m//g' | awk 'NR > 1 { print $1 }'
}

_linchpin() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local common='--json --threads --quiet --help'
  local command='' sub='' each
  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $each in
      demo | run | serve | compute | depend | disrupt | equilibrium | leverage | localize | table) [ -n "$command" ] || command=$each ;;
      products | minerals) [ "$command" != depend ] || sub=$each ;;
      calibrate | detours | optimal) [ "$command" != equilibrium ] || sub=$each ;;
      backtests) [ "$command" != localize ] || sub=$each ;;
      power | chokepoints | defend | flows | bargain | signal | frontier | game) [ "$command" != leverage ] || sub=$each ;;
      list | info | import | check | aggregate | export | fetch | nowcast | backcast | sourcing | split | resum | balance | synth | diff) [ "$command" != table ] || sub=$each ;;
    esac
  done

  case $previous in
    --parameters) mapfile -t COMPREPLY < <(compgen -W "default" -- "$word"; compgen -f -X '!*.csv' -- "$word"; compgen -d -- "$word"); return ;;
    --scenario) mapfile -t COMPREPLY < <(compgen -f -X '!*.toml' -- "$word"; compgen -d -- "$word"); return ;;
    --method)
      [ "$command" != depend ] || { mapfile -t COMPREPLY < <(compgen -W 'automatic direct iterative' -- "$word"); return; }
      mapfile -t COMPREPLY < <(compgen -W 'ras gras kras' -- "$word")
      return ;;
    --measure) mapfile -t COMPREPLY < <(compgen -W 'reliance market-reliance footprint change position kww bm-source bm-sink bm-perspectives leontief wwz extraction paths prices propagation concentration' -- "$word"); return ;;
    --kind) mapfile -t COMPREPLY < <(compgen -W 'flows total backward forward' -- "$word"); return ;;
    --supplier | --share | --rise) return ;;
    --seed | --draws | --ban | --tariff | --among | --horizon | --entrant-cost | --gradient | --trade-year | --tariff-year) return ;;
    --model) mapfile -t COMPREPLY < <(compgen -W 'cp ces' -- "$word"); return ;;
    --deficits) mapfile -t COMPREPLY < <(compgen -W 'zero keep scale_to_world_income' -- "$word"); return ;;
    --senders | --targets | --target | --k | --sender-limit | --reach | --attack-links | --measures | --keep) return ;;
    --theta | --compare) mapfile -t COMPREPLY < <(compgen -W 'default own' -- "$word"; compgen -f -X '!*.csv' -- "$word"; compgen -d -- "$word"); return ;;
    --tariffs | --base-tariffs) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --caliendo-parro) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --design) mapfile -t COMPREPLY < <(compgen -W 'sobol latin_hypercube saltelli stroud' -- "$word"); return ;;
    --host | --port | --allow-host | --allow-origin | --run-seconds | --queue | --keep-mib) return ;;
    --results) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --token-file) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --checkpoint) mapfile -t COMPREPLY < <(compgen -f -X '!*.nc' -- "$word"; compgen -d -- "$word"); return ;;
    --regions | --sectors | --rows | --columns)
      [ "$command" != leverage ] || return
      [ "$sub" != synth ] || return
      [ "$sub$previous" != nowcast--sectors ] || { mapfile -t COMPREPLY < <(compgen -W 'icio28 icio33' -- "$word"); return; }
      mapfile -t COMPREPLY < <(compgen -f -X '!*.csv' -- "$word"; compgen -d -- "$word")
      return ;;
    --base | --cube | --shares | --outputs | --flows | --inputs | --users) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --concordances) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --anchor | --key | --importer | --sector | --line | --line-name | --rest | --rest-name | --reliance | --significant-bits) return ;;
    -o | --output) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W 'adb_mrio bea china_nbs eora exiobase3 figaro gloria oecd_icio oecd_national pymrio tidy wiod2013 wiod2016 netcdf' -- "$word"); return ;;
    --sources) mapfile -t COMPREPLY < <(compgen -f -X '!*.toml' -- "$word"; compgen -d -- "$word"); return ;;
    --cache) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --map) mapfile -t COMPREPLY < <(compgen -W hs-icio28 -- "$word"; compgen -f -X "!*.csv" -- "$word"; compgen -d -- "$word"); return ;;
    --csv | --codes) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --world | --donor) mapfile -t COMPREPLY < <(compgen -W "$(_linchpin_worlds)" -- "$word"; compgen -f -X '!*.nc' -- "$word"; compgen -d -- "$word"); return ;;
    --group | --mineral | --chip | --concentration | --outside-share | --substitution | --dominance) return ;;
    --timeout | --threads | --days | --threshold | --memory | --top | --buyer | --title | --member | --year | --unit | --price-basis) return ;;
    --source | --licence) return ;;
  esac

  local words='' files='' worlds=''
  case $command$sub in
    '') words="demo run serve compute depend disrupt equilibrium leverage localize table --version $common" ;;
    demo) words="--output $common" ;;
    run) words="--output --checkpoint $common" files='*.toml' ;;
    serve) words="--host --port --output --world --results --token-file --allow-host --allow-origin --queue --run-seconds --keep-mib $common" ;;
    depend) words="products minerals --buyer --supplier --measure --top --detail --third-country --share --kind --resourced --rise --group --method --csv $common" worlds=yes ;;
    dependproducts) words="--buyer --group --map --codes --year --top --detail --concentration --outside-share --substitution --dominance --memory --csv $common" files='*' ;;
    dependminerals) words="--world --mineral --year --top --csv $common" ;;
    disrupt) words="--scenario --days --parameters --draws --seed --design --checkpoint --sensitive --loss --loss-of --survive $common" worlds=yes ;;
    equilibrium) words="calibrate detours optimal --scenario --ban --tariff --tariffs --among --base-tariffs --group --model --theta --horizon --deficits --entrant-cost --gradient --parts --top --draws --seed --design $common" worlds=yes ;;
    equilibriumoptimal) words="--region --with --cooperate --export-taxes --by-partner --most --starts --seed --theta --top $common" worlds=yes ;;
    equilibriumdetours) words="--from --to --before --sector --lag --top $common" ;;
    equilibriumcalibrate) words="--caliendo-parro --world --tariffs --cube --donor --concordances --shares --cube-tariffs --zero-deficits --trade-year --tariff-year --output $common" ;;
    compute) words="--parameters --chip --draws --seed $common" ;;
    localizebacktests) words="korea-2019 rare-earths-2010 cloudmatrix --parameters --numbers --draws --seed $common" ;;
    localize) words="backtests --technology --draws --seed --checkpoint --preset --presets --drivers --optimal --budget --hazard $common" files='*.toml' ;;
    leverage) words="power chokepoints defend flows bargain signal frontier game $common" ;;
    leveragepower) words="--senders --targets --sectors --together --full-break --outer-elasticity --theta --horizon --compare --by-sector --short-run-range --settled-draws --short-run-draws --days --draws --seed --top $common" worlds=yes ;;
    leveragechokepoints) words="--product-trade --elasticities --codes --year --spending --technology --providers --gates --needed --target --k --cut --senders --sectors --sender-limit --products --services --reach --theta --horizon --draws --seed --top $common" worlds=yes ;;
    leveragedefend) words="--target --k --attack-links --measures --sectors --services --options --stock-days --keep --theta --horizon $common" worlds=yes ;;
    leverageflows) words="--target --sectors --share $common" worlds=yes ;;
    leveragebargain) words="--first --second --sectors --weight --resolve-first --resolve-second --theta --horizon --draws --seed $common" worlds=yes files='*.toml' ;;
    leveragesignal) words="--target --senders --sectors --instrument --belief --demand --signal-years --threat-years --theta --horizon $common" worlds=yes files='*.toml' ;;
    leveragefrontier) words="--buyer --rivals --sectors --services --network --prices --limit --theta --horizon $common" worlds=yes ;;
    leveragegame) words="--draws --seed $common" files='*.toml' ;;
    table) words="list info import check aggregate export nowcast backcast sourcing split resum balance synth diff fetch $common" ;;
    tablelist) words=$common ;;
    tableinfo) words=$common worlds=yes ;;
    tableimport) words="--output --format --member --strict --regions --sectors --threshold --float32 --memory --title --year --unit --price-basis --source --licence --estimated $common" files='*' ;;
    tablecheck) words="--strict $common" worlds=yes ;;
    tableaggregate) words="--regions --sectors --output $common" worlds=yes ;;
    tablebalance) words="--rows --columns --method --output $common" worlds=yes ;;
    tablesynth) words="--regions --sectors --seed --output $common" ;;
    tablediff) words="--top $common" worlds=yes ;;
    tableexport) words="--output $common" worlds=yes ;;
    tablenowcast) words="--base --cube --anchor --key --sectors --concordances --regions --significant-bits --output $common" ;;
    tablebackcast) words="--sectors --reliance $common" worlds=yes ;;
    tablesourcing) words="--importer --sector --top $common" files='*.csv*' ;;
    tablesplit) words="--sector --line --line-name --rest --rest-name --outputs --flows --inputs --users --output $common" worlds=yes ;;
    tableresum) words="--output $common" worlds=yes ;;
    tablefetch) words="--output --again --accept-licence --cache --sources --timeout $common" ;;
  esac
  [ -z "$worlds" ] || { words="$words $(_linchpin_worlds)" files='*.nc'; }
  mapfile -t COMPREPLY < <(
    compgen -W "$words" -- "$word"
    [ -z "$files" ] || { compgen -f -X "!$files" -- "$word"; compgen -d -- "$word"; }
  )
}

complete -o filenames -F _linchpin linchpin
