/**
 * What physicians write that is no name of the classification's own: `code|Chinese|English|other words for it`. The code is the
 * category that the name belongs to, where that is beyond doubt; without one it is text alone.
 */
export const everyday = `
R50.9|发热待查|Fever, cause to be determined|FUO 发热原因待查 不明原因发热
J98.414|肺部感染|Pulmonary infection|肺感染
J18.9|社区获得性肺炎|Community-acquired pneumonia|CAP
|医院获得性肺炎|Hospital-acquired pneumonia|HAP 院内肺炎
|重症肺炎|Severe pneumonia|SP
J15.7|支原体肺炎|Mycoplasma pneumonia|MPP
|肺炎恢复期|Pneumonia in recovery|
J44.9|慢性阻塞性肺疾病|Chronic obstructive pulmonary disease|COPD 慢阻肺
J44.1|慢性阻塞性肺疾病急性加重|Acute exacerbation of COPD|AECOPD 慢阻肺急性加重
J47|支气管扩张|Bronchiectasis|支扩
G47.3|睡眠呼吸暂停综合征|Sleep apnoea syndrome|OSAS OSAHS 鼾症
C34.9|支气管肺癌|Bronchogenic carcinoma|肺癌 肺恶性肿瘤
C34.9|肺腺癌|Adenocarcinoma of lung|NSCLC
C34.9|肺鳞癌|Squamous cell carcinoma of lung|NSCLC 肺鳞状细胞癌
C34.9|小细胞肺癌|Small cell lung cancer|SCLC
R91|肺占位性病变|Space-occupying lesion of lung|肺占位 肺部阴影
R91|肺磨玻璃结节|Ground-glass nodule of lung|GGN GGO 磨玻璃影
R91|孤立性肺结节|Solitary pulmonary nodule|SPN
|纵隔占位|Mediastinal mass|纵隔肿物
K92.2|上消化道出血|Upper gastrointestinal bleeding|UGIB 上消出血
K92.2|下消化道出血|Lower gastrointestinal bleeding|LGIB
K37|阑尾炎|Appendicitis|
K21.9|胃食管反流病|Gastro-oesophageal reflux disease|GERD
K74.6|肝硬化失代偿期|Decompensated cirrhosis of liver|
R93.2|肝占位性病变|Space-occupying lesion of liver|肝占位
|胰腺占位|Pancreatic mass|胰腺占位性病变
|肾占位|Renal mass|肾占位性病变
R94.5|肝功能异常|Abnormal liver function|肝功异常
I49.4|早搏|Premature beats|期前收缩 过早搏动
I49.1|房性早搏|Atrial premature beats|PAC 房早 房性期前收缩
I49.3|室性早搏|Ventricular premature beats|PVC 室早 室性期前收缩
I48.9|心房颤动|Atrial fibrillation|AF 房颤
I48.9|心房扑动|Atrial flutter|AFL 房扑
I47.1|阵发性室上性心动过速|Paroxysmal supraventricular tachycardia|PSVT SVT 室上速
I49.0|心室颤动|Ventricular fibrillation|VF 室颤
I44.2|三度房室传导阻滞|Third-degree atrioventricular block|完全性房室传导阻滞 III度房室传导阻滞
R00.0|窦性心动过速|Sinus tachycardia|窦速
R00.1|窦性心动过缓|Sinus bradycardia|窦缓
I21.3|急性ST段抬高型心肌梗死|ST-elevation myocardial infarction|STEMI
I21.4|急性非ST段抬高型心肌梗死|Non-ST-elevation myocardial infarction|NSTEMI
I24.9|急性冠脉综合征|Acute coronary syndrome|ACS
I25.1|冠状动脉粥样硬化性心脏病|Coronary atherosclerotic heart disease|CHD CAD 冠心病
I50.1|急性左心衰竭|Acute left heart failure|急性左心衰 ALHF
I10|高血压病|Hypertension|HTN EH 高血压
|高血压急症|Hypertensive emergency|高血压危象
I63.9|急性脑梗死|Acute cerebral infarction|ACI 急性缺血性脑卒中
I64|脑卒中|Stroke|CVA
I61.9|脑出血|Intracerebral haemorrhage|ICH
I60.9|蛛网膜下腔出血|Subarachnoid haemorrhage|SAH
I62.0|硬膜下血肿|Subdural haematoma|SDH
G61.0|吉兰－巴雷综合征|Guillain-Barre syndrome|GBS 格林巴利
E14.1|糖尿病酮症酸中毒|Diabetic ketoacidosis|DKA
N63|乳腺结节|Breast nodule|乳腺肿物 乳腺包块 乳房结节
C50.9|乳腺恶性肿瘤|Malignant neoplasm of breast|BC 乳腺癌
N17.9|急性肾损伤|Acute kidney injury|AKI ARF
N19|肾功能不全|Renal insufficiency|肾衰竭
N20.9|泌尿系结石|Urinary calculus|尿路结石
M51.2|腰椎间盘突出症|Lumbar disc herniation|LDH 腰突症
D69.3|免疫性血小板减少症|Immune thrombocytopenia|ITP
D64.9|贫血待查|Anaemia, cause to be determined|贫血原因待查
|感染性休克|Septic shock|脓毒性休克
|多器官功能障碍综合征|Multiple organ dysfunction syndrome|MODS MOF
U07.1|新型冠状病毒感染|COVID-19|COVID 新冠肺炎 新冠
A16.2|肺结核|Pulmonary tuberculosis|TB PTB
B24|人类免疫缺陷病毒病|Human immunodeficiency virus disease|HIV AIDS 艾滋病
R07.4|胸痛待查|Chest pain, cause to be determined|胸痛原因待查
R10.4|腹痛待查|Abdominal pain, cause to be determined|腹痛原因待查
|胸闷待查|Chest tightness, cause to be determined|胸闷 胸闷原因待查
R51|头痛待查|Headache, cause to be determined|头痛原因待查
R42|头晕待查|Dizziness, cause to be determined|头晕 眩晕待查
R04.2|咯血待查|Haemoptysis, cause to be determined|
R06.0|呼吸困难待查|Dyspnoea, cause to be determined|气促 喘憋
R55|晕厥待查|Syncope, cause to be determined|
R40.2|昏迷待查|Coma, cause to be determined|意识障碍
R56.8|抽搐待查|Convulsions, cause to be determined|惊厥
R31|血尿待查|Haematuria, cause to be determined|
R17|黄疸待查|Jaundice, cause to be determined|
R18|腹水待查|Ascites, cause to be determined|腹腔积液
J90|胸腔积液待查|Pleural effusion, cause to be determined|胸水
S06.9|颅脑损伤|Traumatic brain injury|TBI 颅脑外伤
T07|多发伤|Multiple injuries|多发外伤
S52.5|桡骨远端骨折|Fracture of lower end of radius|
O72.1|产后出血|Postpartum haemorrhage|PPH
P23.9|新生儿肺炎|Neonatal pneumonia|
N87.9|宫颈上皮内瘤变|Cervical intraepithelial neoplasia|CIN
E28.2|多囊卵巢综合征|Polycystic ovary syndrome|PCOS
L30.9|湿疹|Eczema|
T65.9|中毒|Poisoning|
T60.0|有机磷农药中毒|Organophosphate poisoning|AOPP 农药中毒
`;
