/** ICD-10 chapter II, neoplasms. */
export const neoplasms = `
C00.9|唇恶性肿瘤|Malignant neoplasm of lip, unspecified
C02.9|舌恶性肿瘤|Malignant neoplasm of tongue, unspecified
C07|腮腺恶性肿瘤|Malignant neoplasm of parotid gland
C11.9|鼻咽恶性肿瘤|Malignant neoplasm of nasopharynx, unspecified
C13.9|下咽恶性肿瘤|Malignant neoplasm of hypopharynx, unspecified
C15.9|食管恶性肿瘤|Malignant neoplasm of oesophagus, unspecified
C16.0|贲门恶性肿瘤|Malignant neoplasm of cardia
C16.9|胃恶性肿瘤|Malignant neoplasm of stomach, unspecified
C18.9|结肠恶性肿瘤|Malignant neoplasm of colon, unspecified
C20|直肠恶性肿瘤|Malignant neoplasm of rectum
C22.0|肝细胞癌|Liver cell carcinoma
C22.1|肝内胆管癌|Intrahepatic bile duct carcinoma
C23|胆囊恶性肿瘤|Malignant neoplasm of gallbladder
C24.0|肝外胆管恶性肿瘤|Malignant neoplasm of extrahepatic bile duct
C25.9|胰腺恶性肿瘤|Malignant neoplasm of pancreas, unspecified
C32.9|喉恶性肿瘤|Malignant neoplasm of larynx, unspecified
C33|气管恶性肿瘤|Malignant neoplasm of trachea
C34.0|主支气管恶性肿瘤|Malignant neoplasm of main bronchus
C34.1|上叶支气管或肺恶性肿瘤|Malignant neoplasm of upper lobe, bronchus or lung
C34.2|中叶支气管或肺恶性肿瘤|Malignant neoplasm of middle lobe, bronchus or lung
C34.3|下叶支气管或肺恶性肿瘤|Malignant neoplasm of lower lobe, bronchus or lung
C34.9|支气管或肺恶性肿瘤|Malignant neoplasm of bronchus or lung, unspecified
C37|胸腺恶性肿瘤|Malignant neoplasm of thymus
C38.3|纵隔恶性肿瘤|Malignant neoplasm of mediastinum, part unspecified
C40.9|四肢骨和关节软骨恶性肿瘤|Malignant neoplasm of bone and articular cartilage of limb, unspecified
C43.9|皮肤恶性黑色素瘤|Malignant melanoma of skin, unspecified
C44.9|皮肤恶性肿瘤|Malignant neoplasm of skin, unspecified
C45.0|胸膜间皮瘤|Mesothelioma of pleura
C50.9|乳房恶性肿瘤|Malignant neoplasm of breast, unspecified
C53.9|子宫颈恶性肿瘤|Malignant neoplasm of cervix uteri, unspecified
C54.1|子宫内膜恶性肿瘤|Malignant neoplasm of endometrium
C56|卵巢恶性肿瘤|Malignant neoplasm of ovary
C61|前列腺恶性肿瘤|Malignant neoplasm of prostate
C62.9|睾丸恶性肿瘤|Malignant neoplasm of testis, unspecified
C64|肾恶性肿瘤，肾盂除外|Malignant neoplasm of kidney, except renal pelvis
C65|肾盂恶性肿瘤|Malignant neoplasm of renal pelvis
C66|输尿管恶性肿瘤|Malignant neoplasm of ureter
C67.9|膀胱恶性肿瘤|Malignant neoplasm of bladder, unspecified
C69.2|视网膜恶性肿瘤|Malignant neoplasm of retina
C71.9|脑恶性肿瘤|Malignant neoplasm of brain, unspecified
C73|甲状腺恶性肿瘤|Malignant neoplasm of thyroid gland
C74.9|肾上腺恶性肿瘤|Malignant neoplasm of adrenal gland, unspecified
C77.9|淋巴结继发性恶性肿瘤|Secondary malignant neoplasm of lymph node, unspecified
C78.0|肺继发性恶性肿瘤|Secondary malignant neoplasm of lung
C78.2|胸膜继发性恶性肿瘤|Secondary malignant neoplasm of pleura
C78.7|肝和肝内胆管继发性恶性肿瘤|Secondary malignant neoplasm of liver and intrahepatic bile duct
C79.3|脑和脑膜继发性恶性肿瘤|Secondary malignant neoplasm of brain and cerebral meninges
C79.5|骨和骨髓继发性恶性肿瘤|Secondary malignant neoplasm of bone and bone marrow
C80.9|原发部位未特指的恶性肿瘤|Malignant neoplasm, primary site unspecified
C81.9|霍奇金淋巴瘤|Hodgkin lymphoma, unspecified
C83.3|弥漫性大B细胞淋巴瘤|Diffuse large B-cell lymphoma
C85.9|非霍奇金淋巴瘤|Non-Hodgkin lymphoma, unspecified
C90.0|多发性骨髓瘤|Multiple myeloma
C91.0|急性淋巴细胞白血病|Acute lymphoblastic leukaemia
C91.1|慢性淋巴细胞白血病|Chronic lymphocytic leukaemia of B-cell type
C92.0|急性髓系白血病|Acute myeloblastic leukaemia
C92.1|慢性髓系白血病|Chronic myeloid leukaemia, BCR/ABL-positive
C95.9|白血病|Leukaemia, unspecified
D05.1|乳腺导管原位癌|Intraductal carcinoma in situ of breast
D06.9|子宫颈原位癌|Carcinoma in situ of cervix uteri, unspecified
D12.6|结肠良性肿瘤|Benign neoplasm of colon, unspecified
D13.4|肝良性肿瘤|Benign neoplasm of liver
D14.3|支气管和肺良性肿瘤|Benign neoplasm of bronchus and lung
D15.0|胸腺良性肿瘤|Benign neoplasm of thymus
D16.9|骨和关节软骨良性肿瘤|Benign neoplasm of bone and articular cartilage, unspecified
D17.9|脂肪瘤|Benign lipomatous neoplasm, unspecified
D18.0|血管瘤|Haemangioma, any site
D24|乳房良性肿瘤|Benign neoplasm of breast
D25.9|子宫平滑肌瘤|Leiomyoma of uterus, unspecified
D27|卵巢良性肿瘤|Benign neoplasm of ovary
D32.0|脑膜瘤|Benign neoplasm of cerebral meninges
D34|甲状腺良性肿瘤|Benign neoplasm of thyroid gland
D35.2|垂体腺瘤|Benign neoplasm of pituitary gland
D37.6|肝、胆囊和胆管动态未定肿瘤|Neoplasm of uncertain behaviour of liver, gallbladder and bile ducts
D38.1|气管、支气管和肺动态未定肿瘤|Neoplasm of uncertain behaviour of trachea, bronchus and lung
D43.2|脑动态未定肿瘤|Neoplasm of uncertain behaviour of brain, unspecified
D45|真性红细胞增多症|Polycythaemia vera
D46.9|骨髓增生异常综合征|Myelodysplastic syndrome, unspecified
D48.9|动态未定肿瘤|Neoplasm of uncertain or unknown behaviour, unspecified
`;
