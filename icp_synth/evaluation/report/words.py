"""The words of the evaluation's pages, in English and in Chinese (Traditional).

Kinds, categories and reasons come from the words of the reports; keys that count come
in pairs, `KEY.one` and `KEY.many`. Keys that begin with `view.` go into the page for
its script.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from icp_synth.exports import words as report_words
from icp_synth.exports.words import Words

ENGLISH: Mapping[str, str] = {
    "value.none": "n/a",
    # mastheads
    "run.title": "{name}: how good the reading is",
    "run.kicker": "Evaluation against labelled interviews",
    "run.models": "Read by {names}",
    "run.status.started": "Not finished",
    "run.status.success": "Complete",
    "run.status.waiting": "Answers are missing; figures are of what is there",
    "run.status.error": "Stopped by an error",
    "run.interviews.one": "{n} interview",
    "run.interviews.many": "{n} interviews",
    "run.labels.one": "{n} agreed label",
    "run.labels.many": "{n} agreed labels",
    "run.origin": "Where the labels come from",
    "run.no_origin": "The folder does not say where its labels come from.",
    "run.licence": "Licence: {licence}",
    "run.problems": "What is missing in the figures, or counts against them",
    # sections
    "section.figures": "Figures",
    "section.figures_note": (
        "The dot is the figure, the line its 95 % interval, the dashed mark the "
        "ceiling. Baselines stand beside it: what no reading should fall below."
    ),
    "section.by_kind": "By kind",
    "section.curves": "Over thresholds",
    "section.curves_note": (
        "The same readings, with pairs counted from each threshold on."
    ),
    "section.cases": "By interview",
    "section.cases_note": (
        "Press a heading to sort. Each name opens the interview below."
    ),
    "section.cases_epochs": "Counts are sums over {n} epochs.",
    "section.by_category": "By category",
    "section.view": "Labels and predictions, side by side",
    "section.view_note": (
        "Left what the labels say, right what was read, over the same text. Items of "
        "one pair carry the same number."
    ),
    "section.refused": "Quarantined quotes",
    "section.refused_note": (
        "What the reader gave as a quote and what does not stand so in the interview. "
        "It counts for nothing above."
    ),
    "section.all": "All metrics",
    "section.made": "How it was made",
    "section.read": "How to read this",
    # metrics
    "metric.item_f1": "Item F1",
    "metric.item_precision": "Precision",
    "metric.item_recall": "Recall",
    "metric.item_f1_macro": "Item F1, mean of kinds",
    "metric.category_accuracy": "Category",
    "metric.matched.category_accuracy": "Category right, of pairs",
    "metric.end_to_end.category_accuracy": "Category right, of all labels",
    "metric.window_coverage": "Windows with a final status",
    "metric.windows_done": "Windows read",
    "metric.windows_failed": "Windows failed",
    "metric.windows_repaired": "Answers repaired",
    "metric.windows_invalid": "Answers that fit no schema",
    "metric.windows_refused": "Answers refused by the model",
    "metric.windows_truncated": "Answers cut off",
    "metric.windows_filtered": "Answers filtered",
    "metric.windows_empty": "Empty answers",
    "metric.verified_rate": "Quotes found in the source, before the check",
    "metric.quarantine_rate": "Quotes quarantined",
    "metric.quote_status": "Quotes by status",
    "metric.moved_rate": "Quotes found in another turn",
    "metric.verbatim_rate": "Kept quotes that stand in the source",
    "metric.wrong_speaker_rate": "Quotes of the interviewer",
    "metric.splits": "Labels split over several predictions",
    "metric.merges": "Predictions that merge several labels",
    "metric.false_discoveries": "Best pairs that are not alike enough",
    "metric.span_f1": "Span F1",
    "metric.span_f1_macro": "Span F1, mean of kinds",
    "metric.span_precision": "Span precision",
    "metric.span_recall": "Span recall",
    "metric.span_iou": "Overlap of matched spans",
    "metric.explicit_accuracy": "Said outright or implied, right",
    "metric.intensity_accuracy": "Intensity right",
    "metric.signals_accuracy": "Signals right",
    "metric.signals_jaccard": "Signals shared",
    "metric.attribute_accuracy": "Profile field right",
    "metric.attribute_unmapped": "Profile fields outside the catalogue",
    "metric.value_accuracy": "Value of the field right",
    "metric.interview_coverage": "Interview behind at least one item",
    "metric.label_coverage": "Interview behind at least one label",
    "metric.quote_position": "Position of quotes",
    "metric.cost_per_case": "Cost an interview, USD",
    "metric.cost_per_item": "Cost an item, USD",
    "metric.tokens_in": "Tokens in",
    "metric.tokens_out": "Tokens out",
    "metric.tokens_cached": "Tokens cached",
    "metric.retry_rate": "Calls tried again",
    "metric.latency_p50": "Seconds a call, median",
    "metric.latency_p95": "Seconds a call, 95th percentile",
    "metric.of": "{metric}, {of}",
    "baseline.sentences": "every participant sentence as a trait",
    "baseline.tfidf": "TF-IDF and logistic regression by sentence",
    "role.baseline": "baseline",
    "ceiling.name": "Ceiling",
    "column.who": "Reader",
    "column.metric": "Metric",
    "column.mode": "Mode",
    "column.model": "Model",
    "column.kind": "Kind",
    "column.category": "Category",
    "column.value": "Figure",
    "column.interval": "95 % interval",
    "column.items": "Items",
    "column.cases": "Interviews",
    "column.scale": "0 to 1",
    "column.why": "Note",
    "column.case": "Interview",
    "column.labels": "Labels",
    "column.predicted": "Predicted",
    "column.found": "Found",
    "column.missed": "Missed",
    "column.spurious": "Spurious",
    "column.optional": "Optional",
    "column.f1": "F1",
    "column.precision": "Precision",
    "column.recall": "Recall",
    "column.threshold": "Threshold",
    "column.quote": "Quote as given",
    "column.status": "Status",
    "case.leak": "left out: the reader learnt from this text",
    "case.waiting": "left out: answers are missing",
    "curve.tau": "Least similarity of a pair",
    "curve.overlap": "Least overlap of a pair",
    "curve.used": "The dashed line is the threshold of the figures above, {x}.",
    "curve.table": "Points of the curves",
    # how it was made
    "made.dataset": "Dataset",
    "made.dataset_sha": "Dataset, hash",
    "made.prompt_hash": "Prompts, hash",
    "made.config_hash": "Settings, hash",
    "made.code_version": "Version",
    "made.seeds": "Seeds",
    "made.cost": "Cost of all calls",
    "made.tokens_counted": "Tokens in, out, cached",
    "made.held_out": "Read by weights that did not see them",
    "made.windows": "Windows: all, read, failed, pending",
    "made.unknown_price": "price unknown",
    "made.labels.one": "{n} label file with its SHA-256",
    "made.labels.many": "{n} label files with their SHA-256",
    # how to read
    "howto.item": (
        "An item is one thing that one participant said: kind, category, statement, "
        "quotes. A prediction meets a label when both are of one kind and their "
        "quotes share at least half of the shorter one."
    ),
    "howto.outcomes": (
        "Found: a label with its prediction. Missed: a label that nothing meets. "
        "Spurious: a prediction that meets no label. Mismatched: both stand at one "
        "place, but kind or category differ. Optional: a label of one annotator only; "
        "it takes a prediction out of the count."
    ),
    "howto.scores": (
        "Precision is found / (found + spurious), recall found / (found + missed), F1 "
        "their harmonic mean. What would divide by nothing is n/a: neither 0 nor 1."
    ),
    "howto.interval": (
        "Intervals come from drawing whole interviews again and again; they say how "
        "far the figure would move with other interviews of this sort."
    ),
    "howto.ceiling": (
        "The ceiling is how far two annotators agree. A figure near it cannot be told "
        "from agreement; its origin says what such agreement is worth."
    ),
    # the viewer
    "view.noscript": (
        "This part needs scripts, which are in the file itself; nothing is loaded. "
        "The figures above are complete without."
    ),
    "view.case": "Interview",
    "view.model": "Model",
    "view.epoch": "Epoch",
    "view.category": "Category",
    "view.all": "all",
    "view.search": "Search",
    "view.search_hint": "words of a statement or quote",
    "view.outcome": "Outcome",
    "view.kind": "Kind",
    "view.found": "found",
    "view.missed": "missed",
    "view.false_alarm": "spurious",
    "view.mismatched": "mismatched",
    "view.optional": "optional",
    "view.mismatch_kind": "the kind differs",
    "view.mismatch_category": "the category differs",
    "view.previous": "Previous interview",
    "view.next": "Next interview",
    "view.shown": "{k} of {n} items shown",
    "view.gold": "Labels",
    "view.predicted": "Predictions",
    "view.label": "Label",
    "view.prediction": "Prediction",
    "view.interviewer": "interviewer",
    "view.participant": "participant",
    "view.unknown_role": "role unknown",
    "view.no_text": "The text of this interview is not in this page.",
    "view.no_items": "No item fits these filters.",
    "view.list": "As a list",
    "view.item": "Item {n}",
    "view.no_label": "No label meets it.",
    "view.no_prediction": "Nothing was predicted here.",
    "view.score": "{value} of the shorter quote shared",
    "view.near": "At the same place",
    "view.explicit": "said outright",
    "view.implied": "implied",
    "view.intensity1": "mentioned",
    "view.intensity2": "stressed",
    "view.intensity3": "decisive",
    "view.close": "Close",
    "view.clear": "Clear filters",
    "view.keys": (
        "Keys: j and k go to the next and previous item, / to search, [ and ] to the "
        "previous and next interview, Escape closes an item."
    ),
    "view.sort": "Sort by {column}",
    "view.hidden": "hidden character {code}",
    "view.quote": "“{text}”",
    # comparison
    "compare.title": "{first} and {second} compared",
    "compare.kicker": "Two runs on the same interviews",
    "compare.differ": (
        "The two runs were not made on the same labels: only what both hold can be "
        "compared."
    ),
    "compare.figures": "What may be said",
    "compare.figures_note": (
        "The difference is {second} minus {first}, with its 95 % interval and with p "
        "after Holm over all metrics. Whoever is higher is named only where the "
        "interval leaves out 0 and p is below .05."
    ),
    "compare.first_higher": "{first} is higher",
    "compare.second_higher": "{second} is higher",
    "compare.same": "not distinguishable",
    "compare.none": "not comparable",
    "compare.detectable": (
        "the smallest difference that could have been seen is {value}"
    ),
    "compare.left_out.one": "{n} interview without a score is left out of the test",
    "compare.left_out.many": "{n} interviews without a score are left out of the test",
    "compare.difference": "Difference",
    "compare.p": "p, adjusted",
    "compare.verdict": "Verdict",
    "compare.scale": "−{reach} to +{reach}",
    "compare.cases": "Interview by interview",
    "compare.cases_note": (
        "Item F1. Hollow: {first}. Filled: {second}. The greatest change stands first."
    ),
    "compare.unpaired.one": (
        "{n} interview is in one of the runs only and is not shown: {names}"
    ),
    "compare.unpaired.many": (
        "{n} interviews are in one of the runs only and are not shown: {names}"
    ),
    "compare.items": "Label by label",
    "compare.items_note": (
        "Agreed labels, and which run found them. {n} labels were found by both and "
        "are not listed."
    ),
    "compare.epochs": (
        "With several epochs a label counts as found when most of them found it."
    ),
    "compare.only": "Found by {name} only",
    "compare.neither": "Missed by both",
    "compare.count.one": "{n} label",
    "compare.count.many": "{n} labels",
    "compare.nothing": "None.",
    # history
    "history.title": "Past runs",
    "history.kicker": "Evaluation against labelled interviews",
    "history.lede.one": "{n} run, newest first. Figures are item F1.",
    "history.lede.many": "{n} runs, newest first. Figures are item F1.",
    "history.note": (
        "Compare only runs on the same labels; eval compare says whether two differ."
    ),
    "history.empty": "There are no runs yet; eval run makes the first.",
    "history.when": "Made",
    "history.dataset": "Labelled interviews",
    "history.cost": "Cost",
    "history.page": "Page",
    "history.open": "Open",
    "history.status.started": "not finished",
    "history.status.success": "complete",
    "history.status.waiting": "waiting for answers",
    "history.status.error": "error",
}
"""English."""

CHINESE: Mapping[str, str] = {
    "value.none": "無值",
    "run.title": "{name}：判讀有多準",
    "run.kicker": "以人工標記的訪談評量",
    "run.models": "判讀者：{names}",
    "run.status.started": "尚未完成",
    "run.status.success": "完整",
    "run.status.waiting": "尚缺部分回答；數字只計已有的部分",
    "run.status.error": "因錯誤而停止",
    "run.interviews.one": "{n} 場訪談",
    "run.interviews.many": "{n} 場訪談",
    "run.labels.one": "{n} 個一致標記",
    "run.labels.many": "{n} 個一致標記",
    "run.origin": "標記的來源",
    "run.no_origin": "資料夾沒有說明標記的來源。",
    "run.licence": "授權：{licence}",
    "run.problems": "數字中缺少的，或算作失誤的",
    "section.figures": "數字",
    "section.figures_note": (
        "圓點是數值，橫線是 95 % 區間，虛線是上限。旁邊列出基準：任何判讀都不該更低。"
    ),
    "section.by_kind": "依類型",
    "section.curves": "隨門檻變化",
    "section.curves_note": "同一份判讀，只計達到各門檻的配對。",
    "section.cases": "依訪談",
    "section.cases_note": "點欄名可排序；點訪談名稱可在下方開啟。",
    "section.cases_epochs": "數目為 {n} 個輪次的總和。",
    "section.by_category": "依類別",
    "section.view": "標記與預測對照",
    "section.view_note": "左邊是標記，右邊是判讀結果，並列於同一文本。成對者編號相同。",
    "section.refused": "隔離的引文",
    "section.refused_note": "判讀者當作引文、但訪談中並非如此的文字，上面一律不採計。",
    "section.all": "所有指標",
    "section.made": "製作方式",
    "section.read": "如何閱讀",
    "metric.item_f1": "項目 F1",
    "metric.item_precision": "精確率",
    "metric.item_recall": "召回率",
    "metric.item_f1_macro": "項目 F1（各類型平均）",
    "metric.category_accuracy": "類別",
    "metric.matched.category_accuracy": "類別正確（佔配對）",
    "metric.end_to_end.category_accuracy": "類別正確（佔全部標記）",
    "metric.window_coverage": "有最終狀態的視窗",
    "metric.windows_done": "已讀視窗",
    "metric.windows_failed": "失敗視窗",
    "metric.windows_repaired": "經修復的回答",
    "metric.windows_invalid": "不符格式的回答",
    "metric.windows_refused": "模型拒答",
    "metric.windows_truncated": "被截斷的回答",
    "metric.windows_filtered": "被過濾的回答",
    "metric.windows_empty": "空白回答",
    "metric.verified_rate": "檢查前即見於原文的引文",
    "metric.quarantine_rate": "被隔離的引文",
    "metric.quote_status": "引文狀態",
    "metric.moved_rate": "在另一個話輪找到的引文",
    "metric.verbatim_rate": "留下的引文中見於原文者",
    "metric.wrong_speaker_rate": "引用訪談者的話",
    "metric.splits": "被拆成多個預測的標記",
    "metric.merges": "併入多個標記的預測",
    "metric.false_discoveries": "最佳配對中不夠相似者",
    "metric.span_f1": "區段 F1",
    "metric.span_f1_macro": "區段 F1（各類型平均）",
    "metric.span_precision": "區段精確率",
    "metric.span_recall": "區段召回率",
    "metric.span_iou": "配對區段的重疊",
    "metric.explicit_accuracy": "明說或隱含正確",
    "metric.intensity_accuracy": "強度正確",
    "metric.signals_accuracy": "訊號正確",
    "metric.signals_jaccard": "共有的訊號",
    "metric.attribute_accuracy": "欄位正確",
    "metric.attribute_unmapped": "不在目錄中的欄位",
    "metric.value_accuracy": "欄位值正確",
    "metric.interview_coverage": "訪談中有項目的部分",
    "metric.label_coverage": "訪談中有標記的部分",
    "metric.quote_position": "引文的位置",
    "metric.cost_per_case": "每場訪談費用（美元）",
    "metric.cost_per_item": "每項費用（美元）",
    "metric.tokens_in": "輸入詞元",
    "metric.tokens_out": "輸出詞元",
    "metric.tokens_cached": "快取詞元",
    "metric.retry_rate": "重試的呼叫",
    "metric.latency_p50": "每次呼叫秒數（中位數）",
    "metric.latency_p95": "每次呼叫秒數（第 95 百分位）",
    "metric.of": "{metric}：{of}",
    "baseline.sentences": "受訪者的每一句都當作特徵",
    "baseline.tfidf": "逐句的 TF-IDF 與邏輯迴歸",
    "role.baseline": "基準",
    "ceiling.name": "上限",
    "column.who": "判讀者",
    "column.metric": "指標",
    "column.mode": "模式",
    "column.model": "模型",
    "column.kind": "類型",
    "column.category": "類別",
    "column.value": "數值",
    "column.interval": "95 % 區間",
    "column.items": "項目",
    "column.cases": "訪談",
    "column.scale": "0 到 1",
    "column.why": "說明",
    "column.case": "訪談",
    "column.labels": "標記",
    "column.predicted": "預測",
    "column.found": "找到",
    "column.missed": "遺漏",
    "column.spurious": "多餘",
    "column.optional": "可選",
    "column.f1": "F1",
    "column.precision": "精確率",
    "column.recall": "召回率",
    "column.threshold": "門檻",
    "column.quote": "所給引文",
    "column.status": "狀態",
    "case.leak": "不計：判讀者曾從此文本學習",
    "case.waiting": "不計：尚缺回答",
    "curve.tau": "配對的最低相似度",
    "curve.overlap": "配對的最低重疊",
    "curve.used": "虛線是上面數字所用的門檻 {x}。",
    "curve.table": "曲線上的點",
    "made.dataset": "資料集",
    "made.dataset_sha": "資料集雜湊",
    "made.prompt_hash": "提示詞雜湊",
    "made.config_hash": "設定雜湊",
    "made.code_version": "版本",
    "made.seeds": "隨機種子",
    "made.cost": "所有呼叫的費用",
    "made.tokens_counted": "詞元：輸入、輸出、快取",
    "made.held_out": "由未見過該文本的權重判讀",
    "made.windows": "視窗：全部、已讀、失敗、待處理",
    "made.unknown_price": "價格不詳",
    "made.labels.one": "{n} 個標記檔及其 SHA-256",
    "made.labels.many": "{n} 個標記檔及其 SHA-256",
    "howto.item": (
        "一個項目是一位受訪者說的一件事：類型、類別、陳述、引文。預測與標記同類型、"
        "且引文的重疊達較短者的一半，即為配對。"
    ),
    "howto.outcomes": (
        "找到：有預測配上的標記。遺漏：沒有預測配上的標記。多餘：配不上任何標記的預測。"
        "不合：位置相同但類型或類別不同。可選：只有一位標記者給的標記，"
        "配上的預測不列入計算。"
    ),
    "howto.scores": (
        "精確率＝找到 /（找到＋多餘），召回率＝找到 /（找到＋遺漏），"
        "F1 為兩者的調和平均。分母為零者沒有值：既非 0 也非 1。"
    ),
    "howto.interval": (
        "區間來自對整場訪談反覆重抽，表示換成另一批同類訪談時數字會變動多少。"
    ),
    "howto.ceiling": (
        "上限是兩位標記者彼此一致的程度。接近上限的數字與標記者的一致難以區分；"
        "來源說明這種一致有多少份量。"
    ),
    "view.noscript": (
        "這部分需要指令碼；指令碼就在本檔內，不會載入任何東西。上面的數字不受影響。"
    ),
    "view.case": "訪談",
    "view.model": "模型",
    "view.epoch": "輪次",
    "view.category": "類別",
    "view.all": "全部",
    "view.search": "搜尋",
    "view.search_hint": "陳述或引文中的字詞",
    "view.outcome": "結果",
    "view.kind": "類型",
    "view.found": "找到",
    "view.missed": "遺漏",
    "view.false_alarm": "多餘",
    "view.mismatched": "不合",
    "view.optional": "可選",
    "view.mismatch_kind": "類型不同",
    "view.mismatch_category": "類別不同",
    "view.previous": "上一場訪談",
    "view.next": "下一場訪談",
    "view.shown": "顯示 {n} 項中的 {k} 項",
    "view.gold": "標記",
    "view.predicted": "預測",
    "view.label": "標記",
    "view.prediction": "預測",
    "view.interviewer": "訪談者",
    "view.participant": "受訪者",
    "view.unknown_role": "身分不明",
    "view.no_text": "本頁沒有這場訪談的文本。",
    "view.no_items": "沒有符合條件的項目。",
    "view.list": "清單",
    "view.item": "第 {n} 項",
    "view.no_label": "沒有標記與它配對。",
    "view.no_prediction": "此處沒有預測。",
    "view.score": "與較短引文重疊 {value}",
    "view.near": "同一位置",
    "view.explicit": "明說",
    "view.implied": "隱含",
    "view.intensity1": "提到",
    "view.intensity2": "強調",
    "view.intensity3": "關鍵",
    "view.close": "關閉",
    "view.clear": "清除篩選",
    "view.keys": (
        "按鍵：j、k 到下一項、上一項，/ 搜尋，[ 與 ] 到上一場、下一場訪談，"
        "Escape 關閉項目。"
    ),
    "view.sort": "依{column}排序",
    "view.hidden": "隱藏字元 {code}",
    "view.quote": "「{text}」",
    "compare.title": "比較 {first} 與 {second}",
    "compare.kicker": "同一批訪談的兩次判讀",
    "compare.differ": "兩次判讀所用的標記不同：只能比較兩邊都有的部分。",
    "compare.figures": "可以怎麼說",
    "compare.figures_note": (
        "差異是 {second} 減 {first}，附 95 % 區間，以及對所有指標作 Holm 校正後的 p。"
        "只有區間不含 0 且 p 小於 .05 時，才指出何者較高。"
    ),
    "compare.first_higher": "{first} 較高",
    "compare.second_higher": "{second} 較高",
    "compare.same": "無法區分",
    "compare.none": "無法比較",
    "compare.detectable": "能看出的最小差異為 {value}",
    "compare.left_out.one": "{n} 場沒有分數的訪談不列入檢定",
    "compare.left_out.many": "{n} 場沒有分數的訪談不列入檢定",
    "compare.difference": "差異",
    "compare.p": "p（校正後）",
    "compare.verdict": "判定",
    "compare.scale": "−{reach} 到 +{reach}",
    "compare.cases": "逐場訪談",
    "compare.cases_note": ("項目 F1。空心：{first}。實心：{second}。變化最大者在前。"),
    "compare.unpaired.one": "{n} 場訪談只在其中一次判讀中，未列出：{names}",
    "compare.unpaired.many": "{n} 場訪談只在其中一次判讀中，未列出：{names}",
    "compare.items": "逐個標記",
    "compare.items_note": "一致標記各由哪一次找到。兩次都找到的 {n} 個不列出。",
    "compare.epochs": "有多個輪次時，過半數找到才算找到。",
    "compare.only": "只有 {name} 找到",
    "compare.neither": "兩次都遺漏",
    "compare.count.one": "{n} 個標記",
    "compare.count.many": "{n} 個標記",
    "compare.nothing": "無。",
    "history.title": "歷次評量",
    "history.kicker": "以人工標記的訪談評量",
    "history.lede.one": "共 {n} 次，新的在前。數字為項目 F1。",
    "history.lede.many": "共 {n} 次，新的在前。數字為項目 F1。",
    "history.note": ("只有標記相同的評量才能相比；eval compare 會說明兩者是否不同。"),
    "history.empty": "還沒有評量；eval run 會產生第一次。",
    "history.when": "時間",
    "history.dataset": "標記的訪談",
    "history.cost": "費用",
    "history.page": "頁面",
    "history.open": "開啟",
    "history.status.started": "尚未完成",
    "history.status.success": "完整",
    "history.status.waiting": "等待回答",
    "history.status.error": "錯誤",
}
"""Chinese, Traditional, as written in Taiwan."""

_OURS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


@cache
def words_of(language: str) -> Words:
    """Return the words of a language, those of the reports among them.

    Args:
        language: `en` or `zh`.

    Raises:
        UsageError: When there is no table for it.
    """
    shared = report_words.words_of(language)
    return Words(language=language, table={**shared.table, **_OURS[language]})


def for_script(words: Words) -> dict[str, str]:
    """Return what the script of a page says, keys without their `view.`."""
    return {
        key.removeprefix("view."): text
        for key, text in words.table.items()
        if key.startswith("view.")
    }
