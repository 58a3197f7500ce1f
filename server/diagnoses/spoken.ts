/** Abbreviations and short forms of names of the classification: `name|words`. */
export const spoken = `
急性呼吸窘迫综合征|ARDS 成人呼吸窘迫综合征
间质性肺病|ILD 间质性肺炎 肺间质病变
肠梗阻|不全性肠梗阻 IO
急性胰腺炎|AP
消化性溃疡|PUD
肠易激综合征|IBS
溃疡性结肠炎|UC IBD
克罗恩病|CD IBD
脂肪肝|NAFLD MAFLD
肝细胞癌|HCC 原发性肝癌
室性心动过速|VT 室速
房室传导阻滞|AVB
左束支传导阻滞|LBBB
右束支传导阻滞|RBBB
预激综合征|WPW
病态窦房结综合征|SSS 病窦
急性心肌梗死|AMI 急性心梗
不稳定型心绞痛|UA UAP
心力衰竭|HF CHF 心功能不全
扩张型心肌病|DCM
肥厚型心肌病|HCM
肺栓塞|PE PTE
下肢深静脉血栓形成|DVT
主动脉夹层|AD
短暂性脑缺血发作|TIA
颅内占位性病变|颅内占位
帕金森病|PD
阿尔茨海默病|AD 老年痴呆
多发性硬化|MS
糖尿病|DM
2型糖尿病|T2DM 二型糖尿病
1型糖尿病|T1DM
高脂血症|HLP 高血脂
甲状腺结节|TN
低钾血症|低血钾
慢性肾脏病|CKD CRF
尿路感染|UTI 泌尿系感染
前列腺增生|BPH
肾病综合征|NS
系统性红斑狼疮|SLE
类风湿关节炎|RA
强直性脊柱炎|AS
弥散性血管内凝血|DIC
急性髓系白血病|AML
急性淋巴细胞白血病|ALL
多发性骨髓瘤|MM
缺铁性贫血|IDA
脓毒症|败血症
异位妊娠|EP 宫外孕
子痫前期|PE 妊高症
妊娠期糖尿病|GDM
新生儿呼吸窘迫综合征|NRDS RDS
新生儿缺氧缺血性脑病|HIE
子宫内膜异位症|EMS EM
带状疱疹|HZ
`;
